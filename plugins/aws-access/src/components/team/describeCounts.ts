import { AccessResponse } from 'backstage-plugin-aws-access-common';
import { Texts } from '../../hooks/useTexts';

/** `6 people · 9 accounts · 4 permission sets · 2 temporary`. */
export function describeCounts(access: AccessResponse, t: Texts): string {
  const { counts, thingsToLookAt } = access;
  const parts: string[] = [
    t('team.people', { count: counts.people }),
    t('team.accounts', { count: counts.accounts }),
    t('team.permissionSets', { count: counts.permissionSets }),
    t('team.temporary', { count: counts.temporary }),
  ];
  if (thingsToLookAt.length > 0) {
    parts.push(t('team.things', { count: thingsToLookAt.length }));
  }
  return parts.join(' · ');
}
