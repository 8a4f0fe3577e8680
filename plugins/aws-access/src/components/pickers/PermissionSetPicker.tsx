import { PermissionSet } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import { GrantedWords } from './GrantedWords';
import { SingleChoice, SingleChoiceState } from './SingleChoice';

/**
 * Chooses one permission set, by ARN; the computed access level stands beside
 * it.
 */
export function PermissionSetPicker(
  props: SingleChoiceState<PermissionSet> & {
    /** Permission sets that the same request makes. */
    made?: ReadonlyArray<{ id: string; name: string }>;
  },
) {
  const t = useTexts();
  const made = (props.made ?? []).map(({ id, name }) => ({
    id,
    label: name || t('picker.permissionSet.unnamed'),
    description: t('picker.permissionSet.made'),
  }));
  const existing = props.items.map(permissionSet => ({
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
  }));
  return (
    <>
      <SingleChoice
        {...props}
        name="permissionSet"
        options={[...made, ...existing]}
      />
      {props.items.some(({ arn }) => arn === props.value) && props.value && (
        <GrantedWords arn={props.value} />
      )}
    </>
  );
}
