import { OrganizationalUnitEntry } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { SingleChoice, SingleChoiceState } from './SingleChoice';

/** Chooses an organizational unit, by id; the whole way to it is its name. */
export function OrganizationalUnitPicker(
  props: SingleChoiceState<OrganizationalUnitEntry>,
) {
  const t = useTexts();
  const units = new Map(props.items.map(unit => [unit.id, unit]));
  const pathTo = (unit: OrganizationalUnitEntry): string[] => {
    const parent =
      unit.parentId === null ? undefined : units.get(unit.parentId);
    return parent ? [...pathTo(parent), unit.name] : [unit.name];
  };
  return (
    <SingleChoice
      {...props}
      name="organizationalUnit"
      options={props.items.map(unit => ({
        id: unit.id,
        label: pathTo(unit).join(' / '),
        description: t('picker.organizationalUnit.accounts', {
          id: unit.id,
          count: unit.accountsWithin,
        }),
      }))}
    />
  );
}
