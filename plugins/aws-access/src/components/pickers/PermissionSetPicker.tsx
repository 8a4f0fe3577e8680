import { Select } from '@backstage/ui';
import { PermissionSet } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import { PickerFrame, PickerState } from './PickerFrame';

/** Chooses one permission set; the computed access level stands beside it. */
export function PermissionSetPicker(
  props: PickerState & {
    /** ARN of the chosen permission set. */
    value: string | undefined;
    onChange: (arn: string | undefined) => void;
    items: readonly PermissionSet[];
    onSearchChange?: (search: string) => void;
  },
) {
  const t = useTexts();
  const label = props.label ?? t('picker.permissionSet.label');
  return (
    <PickerFrame {...props} label={label} hasItems={props.items.length > 0}>
      <Select
        selectionMode="single"
        label={label}
        description={props.description ?? t('picker.permissionSet.description')}
        placeholder={
          props.items.length === 0 && !props.error
            ? t('picker.permissionSet.empty')
            : t('picker.permissionSet.placeholder')
        }
        search={{
          placeholder: t('picker.permissionSet.search'),
          ...(props.onSearchChange && {
            onInputChange: props.onSearchChange,
          }),
        }}
        options={props.items.map(permissionSet => ({
          id: permissionSet.arn,
          label: `${permissionSet.name} (${t(
            `accessLevel.${permissionSet.accessLevel}`,
          )})`,
          description: [
            permissionSet.description,
            t('picker.permissionSet.session', {
              duration: formatIsoDuration(permissionSet.sessionDuration),
            }),
          ]
            .filter(Boolean)
            .join(' · '),
          disabled: permissionSet.isProtected,
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
