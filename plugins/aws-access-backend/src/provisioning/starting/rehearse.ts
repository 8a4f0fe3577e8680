import { ConflictError } from '@backstage/errors';
import { Plan } from 'backstage-plugin-aws-access-common';
import { recordTransition } from '../../requests/life/recordTransition';
import { RequestRow } from '../../requests/stores/RequestStore';
import { compileSteps } from '../steps/compileSteps';
import { StartEnvironment, StartOutcome } from './startRequest';

/** A longer list is not read; the plan has all of it. */
const MOST_NAMED = 20;

/**
 * The end of an approved request in a dry run: everything up to the first write
 * was done as usual, and what would follow is written down instead. It lapses,
 * so that turning writes on later does not carry out what people have forgotten.
 */
export async function rehearse(
  { stores, claim }: StartEnvironment,
  request: RequestRow,
  plan: Plan,
): Promise<StartOutcome> {
  const steps = compileSteps(plan);
  const more = steps.length - MOST_NAMED;
  const named = steps
    .slice(0, MOST_NAMED)
    .map((step, index) => `${index + 1}. ${step.title}`);
  const text = [
    'Dry run: nothing was written. These steps would have been carried out:',
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n');
  try {
    await stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.provisioning.lockRequest(request.id);
      await transaction.provisioning.footprints.release(request.id);
      await transaction.provisioning.footprints.releaseNames(request.id);
      await recordTransition(transaction, {
        request,
        to: 'lapsed',
        actorRef: null,
        event: { kind: 'lapsed', text },
        auditData: { dryRun: true, steps: steps.length },
        patch: {
          stateReason:
            'Dry run: nothing was written; the timeline says what would have been done.',
        },
      });
    });
  } catch (error) {
    // Withdrawn at the same moment, and that was first.
    if (!(error instanceof ConflictError)) throw error;
    await stores.provisioning.footprints.release(request.id);
  }
  return { kind: 'rehearsed' };
}
