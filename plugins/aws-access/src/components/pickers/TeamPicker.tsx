import { Select } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { PickerFrame, PickerState } from './PickerFrame';

/** A catalog entity that can be chosen. */
export interface EntityOption {
  entityRef: string;
  title: string;
  description?: string;
}

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
  const label = props.label ?? t('picker.team.label');
  return (
    <PickerFrame {...props} label={label} hasItems={props.items.length > 0}>
      <Select
        selectionMode="single"
        label={label}
        description={props.description ?? t('picker.team.description')}
        placeholder={
          props.items.length === 0 && !props.error
            ? t('picker.team.empty')
            : t('picker.team.placeholder')
        }
        search={{
          placeholder: t('picker.team.search'),
          ...(props.onSearchChange && {
            onInputChange: props.onSearchChange,
          }),
        }}
        options={props.items.map(team => ({
          id: team.entityRef,
          label: team.title,
          description: team.description ?? team.entityRef,
        }))}
        value={props.value ?? null}
        onChange={key => props.onChange(key === null ? undefined : String(key))}
        isRequired={props.isRequired}
        isDisabled={props.isDisabled}
        isInvalid={Boolean(props.errorMessage)}
      />
    </PickerFrame>
  );
}
