import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { entraIdSchema } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { AccessGroupPicker } from '../components/pickers/AccessGroupPicker';
import { useAccessGroupChoices } from '../hooks/useAccessGroups';
import {
  getFormData,
  getPickerProps,
  getTexts,
  withQueries,
} from './fieldExtension';

const schema = makeFieldSchema({
  output: z => z.string().describe('Object id of a group in Entra'),
  uiOptions: z =>
    z.object({
      teamParameter: z
        .string()
        .optional()
        .describe('Parameter that holds the team; "team" if left out'),
    }),
});

function AccessGroupField(props: typeof schema.TProps) {
  const parameter = props.uiSchema['ui:options']?.teamParameter ?? 'team';
  const team = getFormData(props)[parameter];
  const [search, setSearch] = useState('');
  const groups = useAccessGroupChoices(
    typeof team === 'string' ? team : undefined,
    search,
  );
  return (
    <AccessGroupPicker
      {...getPickerProps(props)}
      {...groups}
      onSearchChange={setSearch}
      value={props.formData}
      onChange={props.onChange}
    />
  );
}

const validateAccessGroup: CustomFieldValidator<string> = (
  id,
  field,
  { apiHolder },
) => {
  const t = getTexts(apiHolder);
  if (!id) {
    field.addError(t('request.form.disabled.accessGroup'));
  } else if (!entraIdSchema.safeParse(id).success) {
    field.addError(t('formField.accessGroupInvalid'));
  }
};

/** `AwsAccessGroupPicker`: an access group of the team, or another by its id. */
export const accessGroupField = {
  name: 'AwsAccessGroupPicker',
  component: withQueries(AccessGroupField),
  validation: validateAccessGroup,
  schema,
};
