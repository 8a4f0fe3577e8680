import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { permissionSetArnSchema } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { PermissionSetPicker } from '../components/pickers/PermissionSetPicker';
import { usePermissionSetChoices } from '../hooks/usePermissionSetChoices';
import { getPickerProps, getTexts, withQueries } from './fieldExtension';

const schema = makeFieldSchema({
  output: z => z.string().describe('ARN of a permission set'),
});

function PermissionSetField(props: typeof schema.TProps) {
  const [search, setSearch] = useState('');
  const choices = usePermissionSetChoices(search);
  return (
    <PermissionSetPicker
      {...getPickerProps(props)}
      {...choices}
      value={props.formData}
      onChange={props.onChange}
      onSearchChange={setSearch}
    />
  );
}

const validatePermissionSet: CustomFieldValidator<string> = (
  arn,
  field,
  { apiHolder },
) => {
  const t = getTexts(apiHolder);
  if (!arn) {
    field.addError(t('request.form.disabled.permissionSet'));
  } else if (!permissionSetArnSchema.safeParse(arn).success) {
    field.addError(t('formField.permissionSetInvalid'));
  }
};

/** `AwsAccessPermissionSetPicker`: a permission set of the live inventory. */
export const permissionSetField = {
  name: 'AwsAccessPermissionSetPicker',
  component: withQueries(PermissionSetField),
  validation: validatePermissionSet,
  schema,
};
