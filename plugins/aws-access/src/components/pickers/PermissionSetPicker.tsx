import { Select } from '@backstage/ui';
import { PermissionSet } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import { getSelectProps } from './getSelectProps';
import { PickerFrame, PickerState } from './PickerFrame';

/** Chooses one permission set; the computed access level stands beside it. */
export function PermissionSetPicker(
  props: PickerState & {
    /** ARN of the chosen permission set. */
    value: string | undefined;
    onChange: (arn: string | undefined) => void;
    items: readonly PermissionSet[];
    /** Permission sets that the same request makes. */
    made?: ReadonlyArray<{ id: string; name: string }>;
    onSearchChange?: (search: string) => void;
  },
) {
  const t = useTexts();
  const select = getSelectProps(t, 'permissionSet', props);
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
        options={[
          ...(props.made ?? []).map(({ id, name }) => ({
            id,
            label: name || t('picker.permissionSet.unnamed'),
            description: t('picker.permissionSet.made'),
          })),
          ...props.items.map(permissionSet => ({
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
          })),
        ]}
        value={props.value ?? null}
        onChange={key => props.onChange(key === null ? undefined : String(key))}
      />
    </PickerFrame>
  );
}
