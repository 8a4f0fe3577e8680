import { Select } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { EntityOption } from '../../model/EntityOption';
import { getSelectProps } from './getSelectProps';
import { PickerFrame, PickerState } from './PickerFrame';

/** Chooses one team: a catalog Group. */
export function TeamPicker(
  props: PickerState & {
    /** Entity ref of the chosen team. */
    value: string | undefined;
    onChange: (entityRef: string | undefined) => void;
    items: readonly EntityOption[];
    onSearchChange?: (search: string) => void;
  },
) {
  const t = useTexts();
  const select = getSelectProps(t, 'team', props);
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
        options={props.items.map(team => ({
          id: team.entityRef,
          label: team.title,
          description: team.description ?? team.entityRef,
        }))}
        value={props.value ?? null}
        onChange={key => props.onChange(key === null ? undefined : String(key))}
      />
    </PickerFrame>
  );
}
