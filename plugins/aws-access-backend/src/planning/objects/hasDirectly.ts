import { PlanFacts } from '../facts/PlanFacts';

/** Whether the permission set is assigned to the person themselves. Pure. */
export function hasDirectly(
  of: { entraUserId: string; accountId: string; arn: string },
  facts: Pick<PlanFacts, 'holders' | 'directHolders'>,
): boolean {
  return [
    ...(facts.directHolders.get(of.arn) ?? []),
    ...(facts.holders.get(of.arn) ?? []),
  ].some(
    holder =>
      holder.principalType === 'USER' &&
      holder.accountId === of.accountId &&
      holder.entraUserIds.includes(of.entraUserId),
  );
}
