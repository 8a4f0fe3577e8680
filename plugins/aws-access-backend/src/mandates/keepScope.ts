import { Change } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { Claim } from '../organizations/OrganizationStore';
import { scopeDocumentSchema } from '../planning/objects/planDocuments';
import { PlanResult } from '../planning/RequestPlanner';
import { RequestRow } from '../requests/stores/RequestStore';
import { enterMandate, planInputOf } from './enterMandate';
import { judgeEntry } from './judgeEntry';
import { keepMandate } from './keepMandate';
import { MandateServices } from './MandateServices';
import { MandateRow } from './MandateStore';
import { MandateTarget, mandateTarget } from './mandateTarget';

/** The most that a scope can be asked for; the ceiling is judged per account. */
const MOST_ACCOUNTS = 500;

/**
 * Keeps one scope true (security rule 17): accounts that came are taken in or
 * asked for, accounts that left or closed lose the assignment. It goes by a
 * complete reading only: a page that is missing never reads as an account that
 * left.
 *
 * @throws CloudError when a cloud cannot be read; nothing is done then
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function keepScope(
  services: MandateServices,
  claim: Claim,
  mandate: Extract<MandateRow, { kind: 'scope' }>,
  parent: RequestRow,
): Promise<void> {
  const { logger, planner, stores } = services;
  if (!(await isReadWhole(services, mandate))) return;
  const steps = await stores.provisioning.listSteps(parent.id);
  const target = mandateTarget(mandate, steps);
  const input = planInputOf(parent, [scopeChange(mandate, target)]);
  const stored = accountsIn(await planner.planFromInventory(input));
  if (!stored) {
    logger.warn(
      `Mandate ${mandate.id} cannot be kept true: its scope cannot be planned now`,
    );
    return;
  }
  await keepMandate(services, claim, {
    mandate,
    parent,
    subjects: stored,
    confirmLeft: async accountIds => {
      const live = accountsIn(await planner.planFromClouds(input));
      return live ? accountIds.filter(id => !live.has(id)) : [];
    },
    leavingOf: accountId => ({
      reason: `The account ${accountId} is not in the scope any more.`,
      concerns: object =>
        object.kind === 'accountAssignment' &&
        object.accountId === accountId &&
        object.permissionSetArn === target.permissionSetArn &&
        object.entraGroupId === target.entraGroupId,
    }),
    enter: (accountId, known) =>
      enterMandate(
        services,
        claim,
        {
          mandate,
          parent,
          subject: accountId,
          known,
          changes: [assignmentIn(accountId, target)],
        },
        ({ plan, policy }) =>
          judgeEntry(services, {
            mandate,
            parent,
            accountId,
            plan: plan!,
            policy: policy!,
          }),
      ),
  });
}

/** Whether the accounts were read to their end, and not too long ago. */
async function isReadWhole(
  { config, stores }: MandateServices,
  { organizationId }: MandateRow,
): Promise<boolean> {
  const parts = await stores.inventory.getParts(organizationId);
  const accounts = parts.find(({ part }) => part === 'accounts');
  if (!accounts?.asOf || !accounts.complete) return false;
  const { staleAfter } = config.organizations[organizationId].inventory;
  const age = Date.parse(await stores.now()) - Date.parse(accounts.asOf);
  return age <= Duration.fromISO(staleAfter).as('milliseconds');
}

function scopeChange(
  { document }: Extract<MandateRow, { kind: 'scope' }>,
  target: MandateTarget,
): Change {
  return {
    kind: 'assignment',
    accessGroup: { entraGroupId: target.entraGroupId },
    permissionSet: { arn: target.permissionSetArn },
    accounts:
      document.scope.kind === 'named'
        ? document.scope
        : { ...document.scope, maxAccounts: MOST_ACCOUNTS },
  };
}

/** The assignment in one account of the scope, as a change of its own. */
function assignmentIn(accountId: string, target: MandateTarget): Change {
  return {
    kind: 'assignment',
    accessGroup: { entraGroupId: target.entraGroupId },
    permissionSet: { arn: target.permissionSetArn },
    accounts: { kind: 'named', accountIds: [accountId] },
  };
}

/** Undefined = the scope cannot be planned. */
function accountsIn({ plan }: PlanResult): Set<string> | undefined {
  const scope = plan?.objects.find(({ kind }) => kind === 'scope');
  return scope && new Set(scopeDocumentSchema.parse(scope.after).accountIds);
}
