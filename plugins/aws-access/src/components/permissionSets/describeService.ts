import { ServiceAccess } from 'backstage-plugin-aws-access-common';
import { Texts } from '../../hooks/useTexts';

/** `list: 3 of 3, read: 12 of 40`, or that it is everything. */
export function describeActions(
  access: ServiceAccess | undefined,
  t: Texts,
): string {
  if (!access) return t('permissionSet.service.none');
  if (access.isWhole) return t('permissionSet.service.whole');
  const levels = access.levels
    .map(({ level, actions, of }) =>
      t('permissionSet.service.levels', {
        level: t(`permissionSet.accessLevel.${level}`),
        actions: String(actions),
        of: String(of),
      }),
    )
    .join(', ');
  return access.isApproximate
    ? [levels, t('permissionSet.service.approximate')]
        .filter(Boolean)
        .join(' · ')
    : levels;
}

/** What narrows it in one service. */
export function describeLimits(
  access: ServiceAccess | undefined,
  t: Texts,
): string {
  return (access?.limits ?? [])
    .map(limit => t(`permissionSet.service.${limit}`))
    .join(', ');
}

/** What a permission set is made of, in a few words. */
export function describeContent(
  set: {
    managedPolicies: readonly unknown[];
    customerManagedPolicies: readonly unknown[];
    inlinePolicy: string | null;
    permissionsBoundary: unknown;
  },
  t: Texts,
): string {
  const managed = set.managedPolicies.length;
  const customer = set.customerManagedPolicies.length;
  const parts = [
    managed && t('permissionSet.made.managed', { count: managed }),
    customer && t('permissionSet.made.customer', { count: customer }),
    set.inlinePolicy && t('permissionSet.made.inline'),
    set.permissionsBoundary && t('permissionSet.made.boundary'),
  ].filter(Boolean);
  return parts.join(', ') || t('permissionSet.made.nothing');
}
