import { Flex } from '@backstage/ui';
import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import {
  countPolicyCharacters,
  MOST_INLINE_POLICY_CHARACTERS,
} from 'backstage-plugin-aws-access-common';
import { PolicyEditor } from '../components/code/PolicyEditor';
import { PermissionSetCheck } from '../components/permissionSets/PermissionSetCheck';
import { getPickerProps, getTexts, withQueries } from './fieldExtension';

const schema = makeFieldSchema({
  output: z => z.string().describe('JSON text of a policy'),
});

function PolicyField(props: typeof schema.TProps) {
  const { label, description } = getPickerProps(props);
  return (
    <Flex direction="column" gap="4">
      <PolicyEditor
        label={label}
        description={description}
        value={props.formData ?? ''}
        onChange={text => props.onChange(text || undefined)}
      />
      <PermissionSetCheck
        document={
          props.formData?.trim() ? { inlinePolicy: props.formData } : undefined
        }
      />
    </Flex>
  );
}

const validatePolicy: CustomFieldValidator<string> = (
  text,
  field,
  { apiHolder },
) => {
  const t = getTexts(apiHolder);
  if (!text || countPolicyCharacters(text) === 0) return;
  try {
    JSON.parse(text);
  } catch {
    field.addError(t('request.form.disabled.policy'));
  }
  if (countPolicyCharacters(text) > MOST_INLINE_POLICY_CHARACTERS) {
    field.addError(t('policyEditor.tooLong'));
  }
};

/** `AwsAccessPolicyEditor`: the inline policy of a permission set. */
export const policyField = {
  name: 'AwsAccessPolicyEditor',
  component: withQueries(PolicyField),
  validation: validatePolicy,
  schema,
};
