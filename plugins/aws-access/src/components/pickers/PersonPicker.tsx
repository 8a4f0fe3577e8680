import { Select } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { EntityOption } from '../../model/EntityOption';
import { getSelectProps } from './getSelectProps';
import { PickerFrame, PickerState } from './PickerFrame';

/** Chooses one person of the catalog. */
export function PersonPicker(
  props: PickerState & {
    /** Entity ref of the person. */
    value: string | undefined;
    onChange: (entityRef: string | undefined) => void;
    items: readonly EntityOption[];
    onSearchChange?: (search: string) => void;
  },
) {
  const t = useTexts();
  const select = getSelectProps(t, 'person', props);
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
        options={props.items.map(person => ({
          id: person.entityRef,
          label: person.title,
          description: person.description,
        }))}
        value={props.value ?? null}
        onChange={key => props.onChange(key === null ? undefined : String(key))}
      />
    </PickerFrame>
  );
}
