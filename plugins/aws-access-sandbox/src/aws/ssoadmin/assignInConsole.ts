import type { SandboxContext } from '../../server/SandboxContext';
import { traceConsoleAssignment } from '../cloudtrail/traceSignIn';
import { applyOperation } from './settleOperations';

/** What a person did in the console of IAM Identity Center. */
export interface ConsoleAssignment {
  readonly action: 'assign' | 'unassign';
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
  /** User id in the identity store of the person at the console. */
  readonly userId: string;
}

/**
 * Changes access as the console does: at once, past the API that clients watch, and in the trail under other names.
 *
 * @returns why it could not be done, or undefined when it was
 */
export function assignInConsole(
  context: Pick<SandboxContext, 'store' | 'clock' | 'switches'>,
  change: ConsoleAssignment,
): string | undefined {
  const { store, clock } = context;
  return store.transaction(() => {
    const refusal = applyOperation(store, {
      kind: change.action === 'assign' ? 'create' : 'delete',
      permission_set_arn: change.permissionSetArn,
      account_id: change.accountId,
      principal_type: change.principalType,
      principal_id: change.principalId,
      completes_at: clock.now(),
    });
    if (!refusal) {
      traceConsoleAssignment(context, change);
    }
    return refusal;
  });
}
