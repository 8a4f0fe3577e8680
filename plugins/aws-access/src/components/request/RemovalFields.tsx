import { Alert, Select } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { entriesOf, listHolders } from '../../model/accessGroups';
import { RemovalKind, REMOVAL_KINDS } from '../../model/wishes';
import { AccessGroupPicker } from '../pickers/AccessGroupPicker';
import { PermissionSetPicker } from '../pickers/PermissionSetPicker';
import { AudienceField } from './AudienceField';
import { NamedAccountsField } from './AccountsField';
import { WishFieldsProps } from './fieldProps';

const NEEDS: Record<
  RemovalKind,
  Array<'accessGroup' | 'people' | 'permissionSet' | 'accounts'>
> = {
  assignment: ['accessGroup', 'permissionSet', 'accounts'],
  membership: ['accessGroup', 'people'],
  elevation: ['people', 'permissionSet', 'accounts'],
  accessGroup: ['accessGroup'],
  permissionSet: ['permissionSet'],
};

/** What shall not be any more; the choices are what the team has. */
export function RemovalFields(props: WishFieldsProps) {
  const t = useTexts();
  const { wish, choices, onChange } = props;
  const needs = NEEDS[wish.removal];
  const held = entriesOf(
    choices.entries,
    needs.includes('accessGroup') ? wish.accessGroup : undefined,
  );
  return (
    <>
      <Select
        selectionMode="single"
        label={t('request.form.remove')}
        options={REMOVAL_KINDS.map(kind => ({
          id: kind,
          label: t(`request.removal.${kind}`),
        }))}
        value={wish.removal}
        onChange={kind => onChange({ removal: kind as RemovalKind })}
      />
      {needs.includes('accessGroup') && (
        <AccessGroupPicker
          {...choices.accessGroups}
          isRequired
          value={wish.accessGroup}
          errorMessage={props.errorAt('accessGroup')}
          onChange={accessGroup => onChange({ accessGroup })}
        />
      )}
      {needs.includes('people') && (
        <AudienceField
          {...props}
          label={t('request.form.whose')}
          allowTeam={false}
          peopleHint={t('request.form.whoseHint')}
          people={peopleToChoose()}
        />
      )}
      {needs.includes('permissionSet') && (
        <PermissionSetPicker
          {...choices.permissionSets}
          items={onlyHeld(
            choices.permissionSets.items,
            ({ arn }) => arn,
            held.map(({ permissionSet }) => permissionSet.arn),
          )}
          isRequired
          value={wish.permissionSet}
          errorMessage={props.errorAt('permissionSet')}
          onChange={permissionSet => onChange({ permissionSet })}
        />
      )}
      {needs.includes('accounts') && (
        <NamedAccountsField
          {...props}
          choices={{
            ...choices,
            accounts: {
              ...choices.accounts,
              items: onlyHeld(
                choices.accounts.items,
                ({ id }) => id,
                held
                  .filter(
                    ({ permissionSet }) =>
                      !wish.permissionSet ||
                      permissionSet.arn === wish.permissionSet,
                  )
                  .map(({ account }) => account.id),
              ),
            },
          }}
        />
      )}
      <Alert
        status="info"
        icon
        title={t(`request.removalHint.${wish.removal}`)}
      />
    </>
  );

  /** Who has it now, and who is in the team. */
  function peopleToChoose() {
    const holders = listHolders(held);
    const refs = new Set(holders.map(({ entityRef }) => entityRef));
    return {
      ...choices.members,
      items: [
        ...holders,
        ...choices.members.items.filter(
          ({ entityRef }) => !refs.has(entityRef),
        ),
      ],
    };
  }
}

/** All, where it is not known what is held: a group may be another team's. */
function onlyHeld<Item>(
  items: readonly Item[],
  getKey: (item: Item) => string,
  held: string[],
): Item[] {
  return held.length === 0
    ? [...items]
    : items.filter(item => held.includes(getKey(item)));
}
