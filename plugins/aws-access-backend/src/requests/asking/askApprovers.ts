import { ResolvedStage, stagesToFill } from '../../approvals/ApproverResolver';
import { nextAlternatesAt } from '../../approvals/nextAlternatesAt';
import { fillStages, findOpenStages } from '../../approvals/fillStages';
import { notify } from '../../awareness/notify';
import { Stores } from '../../database/Stores';
import { RequestRow } from '../stores/RequestStore';

/**
 * Asks everybody who may decide now and has not been asked about this plan yet,
 * in the caller's transaction. Who is in a later stage is asked when it opens, and
 * its alternates by the time for which it has been open.
 *
 * @param approvals - Entra object ids of those who have approved
 */
export async function askApprovers(
  stores: Stores,
  row: RequestRow,
  stages: ResolvedStage[],
  approvals: string[],
): Promise<void> {
  await keepOpenings(stores, row, [...openStages(stages, approvals)]);
  const before = await stores.requests.listAsked(row.id, row.planVersion);
  const asked = openApprovers(stages, approvals).filter(
    ref => !before.includes(ref),
  );
  if (asked.length === 0) return;
  await stores.requests.insertAsked(row.id, row.planVersion, asked);
  await notify(stores, row, row.filerRef ?? row.requesterRef, {
    to: asked,
    topic: 'pending',
    title: row.title,
    description: `Request ${row.number} waits for your decision.`,
  });
}

/** Refs of those who may decide now and have not; pure. */
export function openApprovers(
  stages: ResolvedStage[],
  approvals: string[],
): string[] {
  const open = openStages(stages, approvals);
  const refs = stages
    .filter(({ stage }) => open.has(stage.id))
    .flatMap(({ approvers }) => approvers)
    .filter(({ entraUserId }) => !approvals.includes(entraUserId!))
    .map(({ entityRef }) => entityRef);
  return [...new Set(refs)].sort();
}

function openStages(stages: ResolvedStage[], approvals: string[]) {
  const toFill = stagesToFill(stages);
  return findOpenStages(toFill, fillStages(toFill, approvals));
}

async function keepOpenings(stores: Stores, row: RequestRow, open: string[]) {
  const { requests } = stores;
  const plan = await requests.getPlan(row.id, row.planVersion);
  const openedNow = open.filter(id => !plan.openedAt?.[id]);
  const isTimed = plan.policy.stages.some(stage => stage.alternates);
  if (!isTimed || openedNow.length === 0) return;
  const now = await stores.now();
  const openedAt = {
    ...plan.openedAt,
    ...Object.fromEntries(openedNow.map(id => [id, now])),
  };
  await requests.setOpenedAt(row.id, plan.version, openedAt);
  await requests.setAlternatesAt(
    row.id,
    plan.version,
    nextAlternatesAt({ ...plan, openedAt }, now),
  );
}
