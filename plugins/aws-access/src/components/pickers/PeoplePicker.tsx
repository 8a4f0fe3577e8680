import { Select } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { ChosenTags } from './ChosenTags';
import { PickerFrame, PickerState } from './PickerFrame';
import { EntityOption } from './TeamPicker';

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
  const label = props.label ?? t('picker.people.label');
  const titles = new Map(
    props.items.map(person => [person.entityRef, person.title]),
  );
  return (
    <PickerFrame {...props} label={label} hasItems={props.items.length > 0}>
      <Select
        selectionMode="multiple"
        label={label}
        description={props.description ?? t('picker.people.description')}
        placeholder={
          props.items.length === 0 && !props.error
            ? t('picker.people.empty')
            : t('picker.people.placeholder')
        }
        search={{ placeholder: t('picker.people.search') }}
        options={props.items.map(person => ({
          id: person.entityRef,
          label: person.title,
          description: person.description,
        }))}
        value={[...props.value]}
        onChange={keys => props.onChange(keys.map(String))}
        isRequired={props.isRequired}
        isDisabled={props.isDisabled}
        isInvalid={Boolean(props.errorMessage)}
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
