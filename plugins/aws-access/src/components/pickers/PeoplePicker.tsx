import { Select } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { EntityOption } from '../../model/EntityOption';
import { ChosenTags } from './ChosenTags';
import { getSelectProps } from './getSelectProps';
import { PickerFrame, PickerState } from './PickerFrame';

/** Chooses people of a team. */
export function PeoplePicker(
  props: PickerState & {
    /** Entity refs of the chosen people. */
    value: readonly string[];
    onChange: (entityRefs: string[]) => void;
    items: readonly EntityOption[];
  },
) {
  const t = useTexts();
  const select = getSelectProps(t, 'people', props);
  const titles = new Map(
    props.items.map(person => [person.entityRef, person.title]),
  );
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
        options={props.items.map(person => ({
          id: person.entityRef,
          label: person.title,
          description: person.description,
        }))}
        value={[...props.value]}
        onChange={keys => props.onChange(keys.map(String))}
      />
      <ChosenTags
        label={t('picker.people.chosen')}
        isDisabled={props.isDisabled}
        items={props.value.map(entityRef => ({
          id: entityRef,
          text: titles.get(entityRef) ?? entityRef,
        }))}
        onRemove={refs =>
          props.onChange(props.value.filter(ref => !refs.includes(ref)))
        }
      />
    </PickerFrame>
  );
}
