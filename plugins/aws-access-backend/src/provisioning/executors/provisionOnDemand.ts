import { CloudError } from '../../clouds/CloudError';
import { provisionOnDemandWrite } from '../../clouds/entraWrites';
import { concludeIntents } from '../running/concludeIntents';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { entraGroupIdOf, inputOf, StepExecutor } from '../running/StepExecutor';

/** Graph takes at most five members in one call. */
const BATCH = 5;
/** Graph takes five calls in ten seconds; whoever is refused so often gives way. */
const ATTEMPTS = 8;
const REGULAR_CYCLE =
  'Entra brings the group with its regular cycle instead, within 40 minutes';

/**
 * Asks Entra to send the group to AWS at once. It only saves time: whatever goes
 * wrong here, the next step waits for the regular cycle.
 */
export const provisionOnDemand: StepExecutor = async context => {
  const { groupKey, members } = inputOf(context, 'provisionOnDemand');
  const { stores, step, clouds } = context;
  const entraGroupId = entraGroupIdOf(context, groupKey);
  const reports: string[] = [];
  try {
    for (let start = 0; start < Math.max(members.length, 1); start += BATCH) {
      const userIds = members
        .slice(start, start + BATCH)
        .map(member => member.entraUserId);
      const objectKey = `onDemand/${entraGroupId}/${start / BATCH}`;
      const recorded = await stores.provisioning.intents.listOfStep(step.id);
      const finished = recorded.some(
        intent => intent.objectKey === objectKey && intent.state !== 'intended',
      );
      if (finished) continue;
      const write = provisionOnDemandWrite(entraGroupId, userIds);
      const [intentId] = await recordIntents(context, {
        writes: [{ objectKey, write, before: null }],
      });
      const outcome = await sendWrite(context, intentId, write, seal =>
        clouds.entra.provisionOnDemand(seal, entraGroupId, userIds),
      );
      if (!outcome.succeeded) reports.push(outcome.report);
      const [intent] = (await openIntentsOf(context)).filter(
        candidate => candidate.id === intentId,
      );
      await concludeIntents(context, [
        {
          intent,
          state: outcome.succeeded ? 'confirmed' : 'abandoned',
          result: { report: outcome.report },
        },
      ]);
    }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    if (error.kind === 'retryLater' && step.attempts < ATTEMPTS) throw error;
    return { kind: 'done', detail: `${error.message}. ${REGULAR_CYCLE}.` };
  }
  return reports.length > 0
    ? { kind: 'done', detail: `${reports[0]}. ${REGULAR_CYCLE}.` }
    : { kind: 'done' };
};
