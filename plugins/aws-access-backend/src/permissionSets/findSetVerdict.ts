import { Verdict } from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';
import { findAdopted } from '../access/findAdopted';

/** What the verdict rests on. */
export type VerdictStores = Pick<Stores, 'leases' | 'provisioning'>;

/** Whether a permission set is looked after here, and who made it. */
export async function findSetVerdict(
  stores: VerdictStores,
  organizationId: string,
  arn: string,
): Promise<Verdict> {
  const leased = (await stores.leases.listLive(organizationId))
    .map(({ object }) => object)
    .filter(object => object.kind === 'permissionSet' && object.arn === arn);
  if (leased.length === 0) return 'unmanaged';
  const adopted = await findAdopted(
    stores.provisioning.intents,
    organizationId,
    leased,
  );
  return adopted.size > 0 ? 'adopted' : 'managed';
}
