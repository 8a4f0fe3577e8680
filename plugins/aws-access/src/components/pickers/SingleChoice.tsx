import { Select } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { getSelectProps, PickerName } from './getSelectProps';
import { PickerFrame, PickerState } from './PickerFrame';

/** What every picker of one thing out of a list is given. */
export type SingleChoiceState<Item> = PickerState & {
  /** Id of what is chosen. */
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  items: readonly Item[];
  /** Called with what is typed, where the server searches. */
  onSearchChange?: (search: string) => void;
};

/** Chooses one of a list that can be searched. */
export function SingleChoice(
  props: SingleChoiceState<unknown> & {
    name: PickerName;
    options: Array<{
      id: string;
      label: string;
      description?: string;
      disabled?: boolean;
    }>;
  },
) {
  const t = useTexts();
  const select = getSelectProps(t, props.name, props);
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
        options={props.options}
        value={props.value ?? null}
        onChange={key => props.onChange(key === null ? undefined : String(key))}
      />
    </PickerFrame>
  );
}
