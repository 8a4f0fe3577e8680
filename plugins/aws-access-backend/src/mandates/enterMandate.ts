import { Change } from 'backstage-plugin-aws-access-common';
import { Claim } from '../organizations/OrganizationStore';
import { PlanInput, PlanResult } from '../planning/RequestPlanner';
import { RequestRow } from '../requests/stores/RequestStore';
import { PRODUCT_ACTOR } from '../requests/productActor';
import { fileUnderMandate } from './fileUnderMandate';
import { MandateServices } from './MandateServices';
import { MandateEntry, MandateRow, MandateStore } from './MandateStore';

/** Something that has come to what a mandate keeps true. */
export interface Entering {
  mandate: MandateRow;
  parent: RequestRow;
  /** Account id, or Entra object id. */
  subject: string;
  known: MandateEntry | undefined;
  changes: Change[];
}

/** What is to be done about it. */
export interface Verdict {
  verdict: 'takeIn' | 'fileRequest' | 'ignore';
  /** In plain words. */
  reason: string;
}

/** For a plan of the mandate's request with other changes. */
export function planInputOf(parent: RequestRow, changes: Change[]): PlanInput {
  return {
    organizationId: parent.organizationId,
    teamRef: parent.teamRef,
    requesterRef: parent.requesterRef,
    duration: parent.duration,
    changes,
    actor: parent.actor,
  };
}

/**
 * Plans what has come on live reads, has it judged, and files what the verdict
 * asks for. The ceiling is counted in the transaction that files, so that two
 * replicas, or two accounts, never pass it together.
 *
 * @throws CloudError when a cloud cannot be read; nothing is filed then
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function enterMandate(
  services: Pick<
    MandateServices,
    'stores' | 'planner' | 'directory' | 'logger'
  >,
  claim: Claim,
  entering: Entering,
  judge: (planned: PlanResult) => Promise<Verdict>,
): Promise<void> {
  const { stores, planner, directory, logger } = services;
  const { mandate, parent, subject, known, changes } = entering;
  const input = planInputOf(parent, changes);
  const planned = await planner.planFromClouds(input);
  if (!planned.plan || !planned.policy || planned.problems.length > 0) {
    logger.warn(
      `Mandate ${mandate.id} cannot plan what has come: ${planned.problems.length} problems`,
    );
    return;
  }
  const isThere = !planned.plan.objects.some(
    ({ action }) => action !== 'untouched',
  );
  const { verdict, reason } = isThere
    ? { verdict: 'ignore' as const, reason: 'It has the access already.' }
    : await judge(planned);
  if (verdict === 'ignore') {
    if (known?.verdict === 'ignored' && known.reason === reason) return;
    await stores.mandates.putEntry({
      mandateId: mandate.id,
      subject,
      verdict: 'ignored',
      reason,
      requestId: null,
    });
    return;
  }
  // What people decide on is what this product filed (security rule 11).
  const filed = {
    takenIn: planned,
    asked: await planner.planFromClouds({ ...input, actor: PRODUCT_ACTOR }),
  };
  if (!filed.asked.plan || !filed.asked.policy) return;
  const owner = await directory.findPerson(parent.requesterRef);
  await stores.transaction(async transaction => {
    await transaction.organizations.fence(claim);
    const live = await transaction.mandates.lockLive(mandate.id);
    if (!live) return;
    const held = await countHeld(transaction.mandates, live.id, subject);
    const isFull = live.ceiling !== null && held >= live.ceiling;
    const outcome = verdict === 'takeIn' && !isFull ? 'takenIn' : 'asked';
    await fileUnderMandate(transaction, {
      mandate: live,
      parent,
      ownerName: owner?.displayName ?? parent.requesterRef,
      subject,
      verdict: outcome,
      reason:
        verdict === 'takeIn' && isFull
          ? `${live.ceiling} accounts are the most that were approved.`
          : reason,
      changes,
      planned: filed[outcome],
    });
  });
}

/** How many the mandate holds without the given one. */
export async function countHeld(
  mandates: Pick<MandateStore, 'listEntries'>,
  mandateId: string,
  without: string,
): Promise<number> {
  const entries = await mandates.listEntries(mandateId);
  return entries.filter(
    ({ subject, verdict }) =>
      subject !== without && ['approved', 'takenIn', 'asked'].includes(verdict),
  ).length;
}
