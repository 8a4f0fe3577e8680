import { FollowUp } from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';

/** What a request wishes to follow it, by its last plan. */
export async function followUpOf(
  stores: Pick<Stores, 'requests'>,
  { id, planVersion }: RequestRow,
): Promise<FollowUp | undefined> {
  const { plan } = await stores.requests.getPlan(id, planVersion);
  if (!plan.followUp) return undefined;
  const { template, values } = plan.followUp;
  return { template, values };
}
