import { ResolvedStage, stagesToFill } from '../approvals/ApproverResolver';
import { fillStages, findOpenStages } from '../approvals/fillStages';
import { notify } from '../awareness/notify';
import { Stores } from '../database/Stores';
import { RequestRow } from './RequestStore';

/**
 * Asks everybody who may decide now and has not been asked about this plan yet,
 * in the caller's transaction. Who is in a later stage is asked when it opens.
 *
 * @param approvals - Entra object ids of those who have approved
 */
export async function askApprovers(
  stores: Stores,
  row: RequestRow,
  stages: ResolvedStage[],
  approvals: string[],
): Promise<void> {
  const toFill = stagesToFill(stages);
  const open = findOpenStages(toFill, fillStages(toFill, approvals));
  const before = await stores.requests.listAsked(row.id, row.planVersion);
  const asked = stages
    .filter(({ stage }) => open.has(stage.id))
    .flatMap(({ approvers }) => approvers)
    .filter(({ entraUserId }) => !approvals.includes(entraUserId!))
    .map(({ entityRef }) => entityRef)
    .filter((ref, index, refs) => refs.indexOf(ref) === index)
    .filter(ref => !before.includes(ref))
    .sort();
  if (asked.length === 0) return;
  await stores.requests.insertAsked(row.id, row.planVersion, asked);
  await notify(stores, row, row.requesterRef, {
    to: asked,
    topic: 'pending',
    title: row.title,
    description: `Request ${row.number} waits for your decision.`,
  });
}
