import { Select } from '@backstage/ui';
import { Account } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { listOrganizationalUnits } from '../../model/listOrganizationalUnits';
import { getSelectProps } from './getSelectProps';
import { PickerFrame, PickerState } from './PickerFrame';

/** Chooses an organizational unit out of those that accounts are in. */
export function OrganizationalUnitPicker(
  props: PickerState & {
    /** Id of the unit. */
    value: string | undefined;
    onChange: (id: string | undefined) => void;
    items: readonly Account[];
    onSearchChange?: (search: string) => void;
  },
) {
  const t = useTexts();
  const select = getSelectProps(t, 'organizationalUnit', props);
  return (
    <PickerFrame
      {...props}
      label={select.label}
      description={select.description}
      hasItems={props.items.length > 0}
    >
      <Select
        selectionMode="single"
        {...select}
        options={listOrganizationalUnits(props.items).map(unit => ({
          id: unit.id,
          label: unit.path.join(' / '),
          description: t('picker.organizationalUnit.accounts', {
            id: unit.id,
            count: unit.accounts,
          }),
        }))}
        value={props.value ?? null}
        onChange={key => props.onChange(key === null ? undefined : String(key))}
      />
    </PickerFrame>
  );
}
