import { Account } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { listOrganizationalUnits } from '../../model/listOrganizationalUnits';
import { SingleChoice, SingleChoiceState } from './SingleChoice';

/** Chooses an organizational unit, by id, out of those that accounts are in. */
export function OrganizationalUnitPicker(props: SingleChoiceState<Account>) {
  const t = useTexts();
  return (
    <SingleChoice
      {...props}
      name="organizationalUnit"
      options={listOrganizationalUnits(props.items).map(unit => ({
        id: unit.id,
        label: unit.path.join(' / '),
        description: t('picker.organizationalUnit.accounts', {
          id: unit.id,
          count: unit.accounts,
        }),
      }))}
    />
  );
}
