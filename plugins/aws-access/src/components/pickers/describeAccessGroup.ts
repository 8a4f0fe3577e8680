import { AccessGroup } from 'backstage-plugin-aws-access-common';
import { Texts } from '../../hooks/useTexts';

/** What a group carries and how many are in it, or why it cannot be used. */
export function describeAccessGroup(group: AccessGroup, t: Texts): string {
  if (group.unusableBecause) return group.unusableBecause;
  const sets = group.permissionSets
    .map(
      ({ name, accessLevel }) => `${name} (${t(`accessLevel.${accessLevel}`)})`,
    )
    .join(', ');
  return [
    sets || t('picker.accessGroup.nothing'),
    ...(sets
      ? [t('picker.accessGroup.accounts', { count: group.accounts })]
      : []),
    t('picker.accessGroup.people', { count: group.people }),
  ].join(' · ');
}
