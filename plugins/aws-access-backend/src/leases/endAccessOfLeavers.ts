import { LoggerService } from '@backstage/backend-plugin-api';
import { Plan } from 'backstage-plugin-aws-access-common';
import { EntraReads } from '../clouds/EntraCloud';
import { RootStores, Stores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
import { withoutPerson } from '../provisioning/steps/withoutPerson';
import { eachByItself } from '../requests/life/eachByItself';
import { RequestRow } from '../requests/stores/RequestStore';
import { endAccess } from './endAccess';
import { gives } from './endLeasesOfOthers';
import { holdLeavers } from './holdLeavers';
import { LeaseObject, LeaseRow } from './LeaseStore';
import { splitOff } from './splitOff';

/** How Entra stands to somebody who has access. */
interface Leaver {
  entraUserId: string;
  /** One plain sentence. */
  reason: string;
}

/**
 * Who is disabled or deleted in Entra has no access any more (security rule 25):
 * what requests give to them ends. Only a whole list of users counts, and each
 * finding is looked up once more; whatever cannot be read changes nothing. More
 * people at once than go without asking may be a mistake in Entra or a wrong
 * answer, and wait for an operator. Entra itself lets them in no more, so that
 * little is lost meanwhile; ends that are due come by their time. A request that
 * cannot end keeps no other from ending.
 *
 * @param services.removalsAtOnce - how many go without asking
 * @returns whether somebody has left whose access ends
 * @throws CloudError when Entra cannot be read; nothing has ended then
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function endAccessOfLeavers(
  services: {
    stores: RootStores;
    entra: EntraReads;
    removalsAtOnce: number;
    logger: Pick<LoggerService, 'error'>;
  },
  claim: Claim,
): Promise<boolean> {
  const { stores, entra, removalsAtOnce, logger } = services;
  const live = await stores.leases.listLive(claim.organizationId);
  const holders = new Set(live.flatMap(lease => personOf(lease.object) ?? []));
  const leavers = holders.size > 0 ? await findLeavers(entra, holders) : [];
  if (!(await mayEnd(stores, claim, leavers, removalsAtOnce))) return false;
  for (const leaver of leavers) {
    const requestIds = new Set(
      live
        .filter(lease => personOf(lease.object) === leaver.entraUserId)
        .map(lease => lease.requestId),
    );
    await eachByItself(
      [...requestIds],
      logger,
      'end for somebody who has left Entra',
      id => endFor(stores, claim, id, leaver),
    );
  }
  return leavers.length > 0;
}

/** Whether so many go without asking, or an operator has said so of them. */
async function mayEnd(
  stores: RootStores,
  claim: Claim,
  leavers: Leaver[],
  removalsAtOnce: number,
): Promise<boolean> {
  const { organizationId } = claim;
  const held = await stores.heldLeavers.get(organizationId);
  const isReleased = new Set(held?.releasedAt ? held.people : []);
  const people = leavers.map(({ entraUserId }) => entraUserId);
  if (people.filter(id => !isReleased.has(id)).length > removalsAtOnce) {
    await holdLeavers(stores, claim, people);
    return false;
  }
  // What is being set up ends only after it: the operator's word holds until then.
  if (held && people.length <= removalsAtOnce) {
    await stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.heldLeavers.remove(organizationId);
    });
  }
  return true;
}

async function findLeavers(
  entra: EntraReads,
  holders: ReadonlySet<string>,
): Promise<Leaver[]> {
  const enabled = new Set<string>();
  let someIsEnabled = false;
  for await (const page of entra.listUsers()) {
    for (const user of page) {
      if (!user.accountEnabled) continue;
      someIsEnabled = true;
      if (holders.has(user.userId)) enabled.add(user.userId);
    }
  }
  // Where it may not be read whether people are enabled, nobody seems to be.
  if (!someIsEnabled) return [];
  const leavers: Leaver[] = [];
  for (const entraUserId of holders) {
    if (enabled.has(entraUserId)) continue;
    const user = await entra.getUser(entraUserId);
    // Only who is certainly disabled or gone has left: null is not known.
    if (user && user.accountEnabled !== false) continue;
    leavers.push({
      entraUserId,
      reason: user
        ? `${user.displayName ?? entraUserId} is disabled in Entra.`
        : `The user ${entraUserId} is not in Entra any more.`,
    });
  }
  return leavers;
}

async function endFor(
  stores: RootStores,
  claim: Claim,
  requestId: string,
  leaver: Leaver,
): Promise<void> {
  await stores.transaction(async transaction => {
    await transaction.organizations.fence(claim);
    await transaction.provisioning.lockRequest(requestId);
    const request = (await transaction.requests.get(requestId))!;
    await endPart(transaction, request, claim, leaver);
  });
}

async function endPart(
  stores: Stores,
  request: RequestRow,
  { epoch }: Claim,
  { entraUserId, reason }: Leaver,
): Promise<void> {
  const live = (await stores.leases.listOfRequest(request.id)).filter(
    lease => lease.endedAt === null,
  );
  const isTheirs = (lease: LeaseRow) => personOf(lease.object) === entraUserId;
  const leases = live.filter(isTheirs);
  if (leases.length === 0) return;
  const auditData = { entraUserId };
  const rest = live.filter(lease => !isTheirs(lease) && gives(lease));
  const { plan } = await stores.requests.getPlan(
    request.id,
    request.planVersion,
  );
  const isAllTheirs =
    plan.gains.length > 0 &&
    !plan.adopts?.length &&
    plan.gains.every(gain => gain.entraUserId === entraUserId) &&
    !rest.some(lease => lease.object.kind === 'permissionSet');
  if (rest.length === 0 || isAllTheirs) {
    await endAccess(stores, {
      request,
      actorRef: null,
      kind: 'stateChanged',
      text: reason,
      auditData,
    });
    return;
  }
  // What is being set up names them in its steps; the next look comes after.
  if (request.state !== 'active' && request.state !== 'stuck') return;
  const { steps } = stores.provisioning;
  const stored = await steps.listOfRequest(request.id);
  // An attempt that began before the request was stuck comes to its end first;
  // what a crash has left running does not.
  if (stored.some(step => step.state === 'running' && step.epoch === epoch)) {
    return;
  }
  // A retry gives nothing back to them; of what is active, nothing is unfinished.
  for (const step of stored.filter(({ phase }) => phase === 'grant')) {
    await steps.narrow(step.id, withoutPerson(step, entraUserId), reason);
  }
  await splitOff(stores, {
    request,
    leases,
    part: partOfPerson(plan, entraUserId),
    reason,
    auditData,
  });
}

function personOf(object: LeaseObject): string | undefined {
  return object.kind === 'membership' || object.kind === 'userAssignment'
    ? object.entraUserId
    : undefined;
}

/** The part of a plan that is about one person. */
function partOfPerson(plan: Plan, entraUserId: string): Plan {
  const losses = [...plan.gains, ...(plan.adopts ?? [])].filter(
    atom => atom.entraUserId === entraUserId,
  );
  return {
    ...plan,
    duration: null,
    people: plan.people.filter(person => person.entraUserId === entraUserId),
    objects: [],
    gains: [],
    adopts: undefined,
    losses: losses.map(atom => ({ ...atom, seconds: null })),
    findings: [],
    sentences: [],
  };
}
