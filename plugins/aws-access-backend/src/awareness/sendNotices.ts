import { DateTime, Duration } from 'luxon';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { RootStores, Stores } from '../database/Stores';
import { Claim } from '../organizations/OrganizationStore';
import { filersOf } from '../requests/filing/filersOf';
import { RequestRow } from '../requests/stores/RequestStore';
import { notify } from './notify';
import { tellOfStopEnd } from './tellOfWrites';
import { NoticeKind } from './RequestNoticeStore';

const AT_ONCE = 200;
/** Of 8 hours the last two are announced, not the whole of them. */
const WARN_SHARE = 1 / 4;

/**
 * Reminds of requests that wait, and warns before access ends. Each is said once
 * for a plan version. Says of stops of writes that they have ended.
 *
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function sendNotices(
  stores: RootStores,
  claim: Claim,
  config: AwsAccessConfig['requests'],
): Promise<void> {
  const { organizationId } = claim;
  await tellOfEndedStops(stores, claim);
  const waiting = await stores.notices.listToRemind(
    organizationId,
    Duration.fromISO(config.remindAfter).as('seconds'),
    AT_ONCE,
  );
  for (const id of waiting) {
    await once(stores, claim, id, 'reminded', remind);
  }

  const warnSeconds = Duration.fromISO(config.warnBeforeEnd).as('seconds');
  const ending = await stores.notices.listEnding(
    organizationId,
    warnSeconds,
    AT_ONCE,
  );
  if (ending.length === 0) return;
  const now = DateTime.fromISO(await stores.now());
  for (const { id, startsAt, endsAt } of ending) {
    const end = DateTime.fromISO(endsAt);
    const span = startsAt
      ? end.diff(DateTime.fromISO(startsAt)).as('seconds')
      : Infinity;
    const left = end.diff(now).as('seconds');
    if (left <= span * WARN_SHARE) {
      await once(stores, claim, id, 'expiring', warn);
    }
  }
}

async function tellOfEndedStops(stores: RootStores, claim: Claim) {
  const { organizationId } = claim;
  await stores.transaction(async transaction => {
    await transaction.organizations.fence(claim);
    for (const { kind } of await transaction.writeStops.takeEnded(
      organizationId,
    )) {
      await tellOfStopEnd(transaction, organizationId, kind, null);
    }
  });
}

async function once(
  stores: RootStores,
  claim: Claim,
  id: string,
  kind: NoticeKind,
  say: (stores: Stores, request: RequestRow) => Promise<void>,
) {
  await stores.transaction(async transaction => {
    await transaction.organizations.fence(claim);
    const request = (await transaction.requests.get(id))!;
    const state = kind === 'reminded' ? 'pending' : 'active';
    // Decided, extended or given back meanwhile.
    if (request.state !== state) return;
    if (await transaction.notices.record(id, request.planVersion, kind)) {
      await say(transaction, request);
    }
  });
}

async function remind(stores: Stores, request: RequestRow) {
  const { id, planVersion, number } = request;
  const decided = await stores.requests.listDecisions(id, planVersion);
  const asked = await stores.requests.listAsked(id, planVersion);
  await notify(stores, request, null, {
    to: asked.filter(
      ref => !decided.some(({ entityRef }) => entityRef === ref),
    ),
    topic: 'reminded',
    title: `Request ${number} still waits for your decision`,
  });
  await notify(stores, request, null, {
    to: filersOf(request).map(({ userRef }) => userRef),
    topic: 'reminded',
    title: `Request ${number} still waits for decisions; its approvers were reminded`,
    severity: 'low',
  });
}

async function warn(stores: Stores, request: RequestRow) {
  const end = DateTime.fromISO(request.endsAt!, { zone: 'utc' });
  await notify(stores, request, null, {
    to: [
      ...filersOf(request).map(({ userRef }) => userRef),
      ...(await stores.requests.listGaining(request.id, request.planVersion)),
    ],
    topic: 'expiring',
    title: `The access of request ${request.number} ends at ${end.toFormat(
      'yyyy-MM-dd HH:mm',
    )} UTC`,
  });
}
