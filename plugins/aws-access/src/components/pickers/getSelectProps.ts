import { Texts } from '../../hooks/useTexts';
import { PickerState } from './PickerFrame';

/** A picker that is a list to search in, by the name of its texts. */
export type PickerName =
  | 'accessGroup'
  | 'permissionSet'
  | 'people'
  | 'person'
  | 'team';

/** What every such picker gives its Select: texts, search and state. */
export function getSelectProps(
  t: Texts,
  picker: PickerName,
  props: PickerState & {
    items: readonly unknown[];
    /** Called with what is typed, where the server searches. */
    onSearchChange?: (search: string) => void;
  },
) {
  const isEmpty = props.items.length === 0 && !props.error;
  return {
    label: props.label ?? t(`picker.${picker}.label`),
    description: props.description ?? t(`picker.${picker}.description`),
    placeholder: isEmpty
      ? t(`picker.${picker}.empty`)
      : t(`picker.${picker}.placeholder`),
    search: {
      placeholder: t(`picker.${picker}.search`),
      ...(props.onSearchChange && { onInputChange: props.onSearchChange }),
    },
    isRequired: props.isRequired,
    isDisabled: props.isDisabled,
    isInvalid: Boolean(props.errorMessage),
  };
}
