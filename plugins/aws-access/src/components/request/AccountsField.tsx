import {
  Flex,
  NumberField,
  Radio,
  RadioGroup,
  Text,
  TextField,
} from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { AccountsChoice } from '../../model/wishes';
import { AccountPicker } from '../pickers/AccountPicker';
import { OrganizationalUnitPicker } from '../pickers/OrganizationalUnitPicker';
import { WishFieldsProps } from './fieldProps';
import classes from './RequestForm.module.css';

/** AWS has no more accounts in a scope than the wire schema allows. */
const MOST_ACCOUNTS = 500;

/** Which accounts: named ones, or a scope that is kept true. */
export function AccountsField(props: WishFieldsProps) {
  const t = useTexts();
  const { accounts } = props.wish;
  const change = (changed: Partial<AccountsChoice>) =>
    props.onChange({ accounts: { ...accounts, ...changed } });
  return (
    <Flex direction="column" gap="3">
      <RadioGroup
        label={t('request.form.whichAccounts')}
        orientation="horizontal"
        value={accounts.kind}
        onChange={kind => change({ kind: kind as AccountsChoice['kind'] })}
      >
        <Radio value="named">{t('request.form.named')}</Radio>
        <Radio value="organizationalUnit">{t('request.form.byUnit')}</Radio>
        <Radio value="tag">{t('request.form.byTag')}</Radio>
        <Radio value="all">{t('request.form.allAccounts')}</Radio>
      </RadioGroup>
      {accounts.kind === 'named' && <NamedAccountsField {...props} />}
      {accounts.kind === 'organizationalUnit' && (
        <OrganizationalUnitPicker
          {...props.choices.organizationalUnits}
          isRequired
          value={accounts.organizationalUnit}
          errorMessage={props.errorAt('accounts')}
          onChange={organizationalUnit => change({ organizationalUnit })}
        />
      )}
      {accounts.kind === 'tag' && (
        <div className={classes.pair}>
          <TextField
            label={t('request.form.tagKey')}
            isRequired
            value={accounts.tagKey}
            onChange={tagKey => change({ tagKey })}
          />
          <TextField
            label={t('request.form.tagValue')}
            isRequired
            value={accounts.tagValue}
            onChange={tagValue => change({ tagValue })}
          />
        </div>
      )}
      {accounts.kind !== 'named' && (
        <>
          <NumberField
            label={t('request.form.ceiling')}
            description={t('request.form.ceilingHint')}
            isRequired
            minValue={1}
            maxValue={MOST_ACCOUNTS}
            value={accounts.maxAccounts ?? Number.NaN}
            onChange={amount =>
              change({
                maxAccounts: Number.isNaN(amount) ? undefined : amount,
              })
            }
          />
          <Text variant="body-small" color="secondary">
            {t('request.form.scopeHint')}
          </Text>
          {accounts.kind !== 'organizationalUnit' &&
            props.errorAt('accounts') && (
              <Text variant="body-small" color="danger" role="alert">
                {props.errorAt('accounts')}
              </Text>
            )}
        </>
      )}
    </Flex>
  );
}

/** Accounts by name, for wishes that must name them. */
export function NamedAccountsField(props: WishFieldsProps) {
  const { accounts } = props.wish;
  return (
    <AccountPicker
      {...props.choices.accounts}
      isRequired
      value={accounts.accountIds}
      errorMessage={props.errorAt('accounts')}
      onChange={accountIds =>
        props.onChange({ accounts: { ...accounts, accountIds } })
      }
    />
  );
}
