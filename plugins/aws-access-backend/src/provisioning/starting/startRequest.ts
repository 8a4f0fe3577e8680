import { Problem } from 'backstage-plugin-aws-access-common';
import { gainersOf, LivePeople } from '../../approvals/LivePeople';
import { RootStores } from '../../database/Stores';
import { MandateUses } from '../../mandates/MandateUses';
import { Claim } from '../../organizations/OrganizationStore';
import { covers } from '../../planning/covering/covers';
import { PlanResult, RequestPlanner } from '../../planning/RequestPlanner';
import { PlanRow, RequestRow } from '../../requests/stores/RequestStore';
import { returnToPending } from '../../requests/life/returnToPending';
import { asksMore } from './asksMore';
import { beginProvisioning } from './beginProvisioning';
import { footprintOf } from './footprintOf';
import { rehearse } from './rehearse';
import { ApprovalReader, whyNotApproved } from './whyNotApproved';

/** What a start asks, and under whose claim. */
export interface StartEnvironment {
  stores: RootStores;
  planner: RequestPlanner;
  approvals: ApprovalReader;
  /** Left out = nobody is looked up in Entra. */
  people?: LivePeople;
  /** Left out = nothing starts under a mandate. */
  mandates?: Pick<MandateUses, 'actorOf' | 'whyNotAllowed'>;
  claim: Claim;
  /** Seconds for which the grant allows writes. */
  grantSeconds: number;
  /** Says what would be done instead of doing it. */
  isDryRun?: boolean;
}

/** What became of an approved request. */
export type StartOutcome =
  | { kind: 'started' }
  /** A dry run: it was said what would be done. */
  | { kind: 'rehearsed' }
  /** The world moved; people decide anew. */
  | { kind: 'returned'; because: string[] }
  /** Objects are held by requests that have started. */
  | { kind: 'later'; waitsFor: string[] }
  /** It is not approved any more. */
  | { kind: 'moved' };

/**
 * Starts an approved request (security rule 1): it takes its objects, plans again
 * on live reads, and starts only if the approved plan covers what would happen
 * now, today's policy asks nothing more, and the decisions on record approve it.
 *
 * @throws CloudError when a cloud cannot be read; nothing has started then
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function startRequest(
  environment: StartEnvironment,
  requestId: string,
): Promise<StartOutcome> {
  const { approvals, mandates, stores, claim, planner } = environment;
  const request = await stores.requests.get(requestId);
  if (request?.state !== 'approved') return { kind: 'moved' };
  const approved = await stores.requests.getPlan(
    request.id,
    request.planVersion,
  );

  const waitsFor = await stores.transaction(async transaction => {
    await transaction.organizations.fence(claim);
    return transaction.provisioning.footprints.take(
      request.organizationId,
      request.id,
      footprintOf(approved.plan),
    );
  });
  if (waitsFor.length > 0) return { kind: 'later', waitsFor };

  const plannedAt = await stores.now();
  let refused: string[] = [];
  let current: PlanResult;
  try {
    const plan = (actor: string | null) =>
      planner.planFromClouds({
        organizationId: request.organizationId,
        teamRef: request.teamRef,
        requesterRef: request.requesterRef,
        duration: request.duration,
        changes: request.changes,
        // What an actor filed is never approved by itself, later neither (security rule 11).
        actor,
        requestId: request.id,
      });
    current = await plan(
      mandates ? await mandates.actorOf(request) : request.actor,
    );
    if (current.policy) {
      const refusedUse = await mandates?.whyNotAllowed(request, current);
      refused =
        refusedUse ??
        (await whyNotApproved(approvals, request, approved, current.policy));
      // Outside its mandate it is what this product filed, and judged as such.
      if (refusedUse?.length) current = await plan(request.actor);
    }
    const disabled = await whoIsDisabled(
      environment,
      request,
      approved,
      current,
    );
    refused = [...refused, ...disabled];
    if (current.policy?.autoApproved) {
      // Nobody could leave them out, and the policy would approve it for ever.
      current = {
        ...current,
        problems: [...current.problems, ...disabled.map(toProblem)],
      };
    }
  } catch (error) {
    await release(environment, request);
    throw error;
  }

  const because = [...refused, ...whyNotCovered(approved, current)];
  if (because.length > 0) {
    await stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.provisioning.footprints.release(request.id);
      if (refused.length > 0) {
        await transaction.audit.append({
          organizationId: request.organizationId,
          kind: 'request.start-refused',
          actor: null,
          requestId: request.id,
          data: {
            because: refused,
            planVersion: request.planVersion,
            planDigest: request.planDigest,
          },
        });
      }
      await returnToPending(transaction, {
        request,
        planResult: current,
        because,
      });
    });
    return { kind: 'returned', because };
  }
  return environment.isDryRun
    ? rehearse(environment, request, current.plan!)
    : beginProvisioning(environment, request, {
        plan: current.plan!,
        plannedAt,
      });
}

function toProblem(message: string): Problem {
  return { path: 'people', message, fix: 'Ask again without them.' };
}

/** Who approved, and who would gain now (security rule 9). */
async function whoIsDisabled(
  { people, stores }: StartEnvironment,
  request: RequestRow,
  approved: PlanRow,
  { plan }: PlanResult,
): Promise<string[]> {
  if (!people || !plan) return [];
  const decisions = await stores.requests.listDecisions(
    request.id,
    approved.version,
    approved.countsFromVersion,
  );
  const disabled = await people.findDisabled(request.organizationId, plan, [
    ...decisions.map(({ personId }) => personId),
    ...gainersOf(plan),
  ]);
  return disabled.map(({ reason }) => reason);
}

function whyNotCovered(approved: PlanRow, current: PlanResult): string[] {
  if (!current.plan || !current.policy) {
    return current.problems.length > 0
      ? current.problems.map(problem => `${problem.message} ${problem.fix}`)
      : ['The request cannot be planned any more'];
  }
  const coverage = covers(approved.plan, current.plan);
  return [
    ...(coverage.covered ? [] : coverage.because),
    ...asksMore(approved.policy, current.policy),
  ];
}

async function release(
  { stores, claim }: StartEnvironment,
  request: RequestRow,
): Promise<void> {
  await stores.transaction(async transaction => {
    await transaction.organizations.fence(claim);
    await transaction.provisioning.footprints.release(request.id);
  });
}
