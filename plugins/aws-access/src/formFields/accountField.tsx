import {
  CustomFieldValidator,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { accountIdSchema } from 'backstage-plugin-aws-access-common';
import { AccountPicker } from '../components/pickers/AccountPicker';
import { useAccountChoices } from '../hooks/useAccountChoices';
import { getPickerProps, getTexts, withQueries } from './fieldExtension';

const schema = makeFieldSchema({
  output: z => z.array(z.string()).describe('Ids of AWS accounts'),
});

function AccountField(props: typeof schema.TProps) {
  return (
    <AccountPicker
      {...getPickerProps(props)}
      {...useAccountChoices()}
      // A schema with `minItems` fills the list with nothing.
      value={(props.formData ?? []).filter(Boolean)}
      onChange={props.onChange}
    />
  );
}

const validateAccounts: CustomFieldValidator<string[]> = (
  accountIds,
  field,
  { apiHolder },
) => {
  const t = getTexts(apiHolder);
  if (!accountIds?.some(Boolean)) {
    field.addError(t('request.form.disabled.accounts'));
    return;
  }
  // A link may prefill anything.
  for (const value of accountIds) {
    if (!accountIdSchema.safeParse(value).success) {
      field.addError(t('formField.accountInvalid', { value: String(value) }));
    }
  }
};

/** `AwsAccessAccountPicker`: accounts of the live inventory. */
export const accountField = {
  name: 'AwsAccessAccountPicker',
  component: withQueries(AccountField),
  validation: validateAccounts,
  schema,
};
