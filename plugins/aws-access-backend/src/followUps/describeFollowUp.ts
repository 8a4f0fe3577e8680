import {
  FollowUpOutcome,
  PlannedFollowUp,
} from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';

/** What became of a request's follow-up, as its page tells it. */
export async function describeFollowUp(
  stores: Pick<Stores, 'followUps'>,
  requestId: string,
  { template }: PlannedFollowUp,
): Promise<FollowUpOutcome> {
  const row = await stores.followUps.get(requestId);
  return {
    template,
    state: row?.state ?? 'planned',
    taskId: row?.taskId ?? null,
    detail: row?.detail ?? null,
  };
}
