import { Select } from '@backstage/ui';
import { Account, Environment } from 'backstage-plugin-aws-access-common';
import { Texts, useTexts } from '../../hooks/useTexts';
import { ChosenTags } from './ChosenTags';
import { getSelectProps } from './getSelectProps';
import { PickerFrame, PickerState } from './PickerFrame';

const ENVIRONMENTS: Environment[] = [
  'prod',
  'staging',
  'dev',
  'sandbox',
  'unknown',
];

/** Chooses AWS accounts, by name, id or organizational unit. */
export function AccountPicker(
  props: PickerState & {
    /** Account ids. */
    value: readonly string[];
    onChange: (accountIds: string[]) => void;
    items: readonly Account[];
    /** Called with what is typed, where the server searches. */
    onSearchChange?: (search: string) => void;
  },
) {
  const t = useTexts();
  const select = getSelectProps(t, 'account', props);
  const byId = new Map(props.items.map(account => [account.id, account]));
  return (
    <PickerFrame
      {...props}
      label={select.label}
      description={select.description}
      hasItems={props.items.length > 0}
    >
      <Select
        selectionMode="multiple"
        {...select}
        search={{
          ...select.search,
          filter: ({ label: text, description = '' }, query) =>
            `${text} ${description}`
              .toLocaleLowerCase()
              .includes(query.toLocaleLowerCase()),
        }}
        options={toSections(props.items, t)}
        value={[...props.value]}
        onChange={keys => props.onChange(keys.map(String))}
      />
      <ChosenTags
        label={t('picker.account.chosen')}
        isDisabled={props.isDisabled}
        items={props.value.map(id => ({
          id,
          text: `${byId.get(id)?.name ?? t('picker.account.unknown')} · ${id}`,
        }))}
        onRemove={ids =>
          props.onChange(props.value.filter(id => !ids.includes(id)))
        }
      />
    </PickerFrame>
  );
}

function toSections(accounts: readonly Account[], t: Texts) {
  return ENVIRONMENTS.map(environment => ({
    title: t(`environment.${environment}`),
    options: accounts
      .filter(account => account.environment === environment)
      .map(account => ({
        id: account.id,
        label: account.name,
        description: [
          account.id,
          account.ouPath.join(' / '),
          account.isProtected ? t('picker.account.protected') : '',
        ]
          .filter(Boolean)
          .join(' · '),
        disabled: account.isProtected,
      })),
  })).filter(section => section.options.length > 0);
}
