import { ConflictError, NotAllowedError } from '@backstage/errors';
import { DecisionInput } from 'backstage-plugin-aws-access-common';
import { gainersOf, LivePeople } from '../../approvals/LivePeople';
import { LoadedRequest } from '../reading/RequestLoader';

/**
 * Whether who approves, and whoever would gain by it, are enabled in Entra at
 * this moment (security rule 9). A rejection gives nothing, and needs no Entra.
 *
 * @param personId - of the caller
 * @throws NotAllowedError when it is the caller who is disabled; ConflictError
 *   naming those who would gain; ServiceUnavailableError when it cannot be found
 *   out now
 */
export async function requireEnabledPeople(
  people: LivePeople,
  { row, plan }: LoadedRequest,
  { verdict, people: staying }: Pick<DecisionInput, 'verdict' | 'people'>,
  personId: string,
): Promise<void> {
  if (verdict === 'reject') return;
  const leftOut = new Set(
    plan.plan.people
      .filter(({ entityRef }) => staying && !staying.includes(entityRef ?? ''))
      .map(({ entraUserId }) => entraUserId),
  );
  const gainers = gainersOf(plan.plan).filter(id => !leftOut.has(id));
  const disabled = await people.findDisabledNow(row.organizationId, plan.plan, [
    personId,
    ...gainers,
  ]);
  if (disabled.some(({ entraUserId }) => entraUserId === personId)) {
    throw new NotAllowedError(
      'Entra says that your own user is disabled or gone, so you cannot approve. Ask the portal administrator.',
    );
  }
  if (disabled.length > 0) {
    throw new ConflictError(
      `${disabled
        .map(({ reason }) => reason)
        .join(
          ' ',
        )} Approve less, so that nobody of them gets access, or reject the request.`,
    );
  }
}
