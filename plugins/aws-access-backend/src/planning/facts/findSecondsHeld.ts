import { Plan } from 'backstage-plugin-aws-access-common';
import { Stores } from '../../database/Stores';
import { secondsOfAccess } from '../../requests/filing/extendRequest';
import { effectKey } from '../objects/objectKeys';

/** A person has few open requests. */
const MOST_REQUESTS = 100;

/**
 * For how many seconds one of the plan's effects has been there by other live
 * requests, the longest counts: filing anew prolongs no less than extending
 * (security rule 26).
 */
export async function findSecondsHeld(
  of: { organizationId: string; requestId?: string },
  plan: Pick<Plan, 'gains' | 'people' | 'accounts'>,
  stores: Pick<Stores, 'requests' | 'now'>,
): Promise<number> {
  const wanted = new Set(plan.gains.map(effectKey));
  const rows = await stores.requests.listTouching({
    organizationId: of.organizationId,
    entityRefs: plan.people.flatMap(person => person.entityRef ?? []),
    accountIds: plan.accounts.map(({ id }) => id),
    limit: MOST_REQUESTS,
  });
  let longest = 0;
  for (const row of rows) {
    if (row.id === of.requestId || row.startsAt === null) continue;
    const { plan: other } = await stores.requests.getPlan(
      row.id,
      row.planVersion,
    );
    if (other.gains.some(atom => wanted.has(effectKey(atom)))) {
      longest = Math.max(longest, await secondsOfAccess(stores, row));
    }
  }
  return longest;
}
