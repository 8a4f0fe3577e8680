import { assignGroupToApplicationWrite } from '../../clouds/entraWrites';
import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import { concludeIntents } from '../running/concludeIntents';
import { openIntentsOf } from '../running/openIntentsOf';
import { recordIntents, recordLeases } from '../running/recordIntents';
import { sendWrite } from '../running/sendWrite';
import { entraGroupIdOf, inputOf, StepExecutor } from '../running/StepExecutor';
import { patience } from '../ProvisioningPace';
import { StepFailedError } from '../running/StepFailedError';

/** SCIM carries only groups that are assigned to the enterprise application. */
export const assignGroupToEnterpriseApplication: StepExecutor =
  async context => {
    const { groupKey, isThere } = inputOf(
      context,
      'assignGroupToEnterpriseApplication',
    );
    const { entra } = context.clouds;
    const entraGroupId = entraGroupIdOf(context, groupKey);
    const object: LeaseObject = { kind: 'applicationAssignment', entraGroupId };
    const detail = 'Entra does not show the group in the application yet';

    const found = await entra.findApplicationAssignment(entraGroupId);
    const [open] = await openIntentsOf(context);
    if (found) {
      const result = { assignmentId: found.assignmentId };
      if (open) {
        await concludeIntents(context, [
          { intent: open, state: 'confirmed', result },
        ]);
      } else {
        await recordLeases(context, [object]);
      }
      return { kind: 'done', result };
    }
    if (isThere) {
      throw new StepFailedError(
        'The group was taken out of the enterprise application after the plan was approved. Give the request back and ask again.',
      );
    }
    if (context.config.entra.applicationAssignment === 'manual') {
      return {
        kind: 'waiting',
        detail:
          'Waiting for somebody to assign the group to the enterprise application in Entra: this portal leaves that to others',
        retryInMs: patience(context.pace, context.step.attempts),
      };
    }
    if (open?.settling) {
      return { kind: 'waiting', detail, retryInMs: context.pace.operationMs };
    }

    const write = assignGroupToApplicationWrite(entraGroupId);
    const [intentId] = await recordIntents(context, {
      writes: [{ objectKey: leaseObjectKey(object), write, before: null }],
      leases: [object],
    });
    await sendWrite(context, intentId, write, seal =>
      entra.assignGroupToApplication(seal, entraGroupId),
    );
    return { kind: 'lookAgain', detail };
  };
