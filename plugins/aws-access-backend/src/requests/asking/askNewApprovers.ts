import { approvalsOf } from '../../approvals/fillStages';
import { RootStores } from '../../database/Stores';
import { Claim } from '../../organizations/OrganizationStore';
import { PersonDirectory } from '../../people/PersonDirectory';
import { askApprovers, openApprovers } from './askApprovers';
import { RequestLoader } from '../reading/RequestLoader';

const AT_ONCE = 100;

/**
 * Asks who has become an approver of a waiting request since it was planned:
 * accounts are handed over, and managers change. They could decide anyway; now
 * they are told, and find it in their inbox.
 *
 * @throws FenceLostError when the work is not the caller's any more
 * @throws Error when the catalog cannot be read; nobody is asked then
 */
export async function askNewApprovers(
  services: {
    stores: RootStores;
    loader: RequestLoader;
    directory: PersonDirectory;
  },
  claim: Claim,
): Promise<void> {
  const { stores, loader, directory } = services;
  let beforeNumber: number | undefined;
  for (;;) {
    const rows = await stores.requests.list({
      organizationId: claim.organizationId,
      states: ['pending'],
      limit: AT_ONCE,
      beforeNumber,
    });
    for (const loaded of await loader.loadAll(rows, directory)) {
      const { row, stages, asked } = loaded;
      const approvals = approvalsOf(loaded.decisions);
      const open = openApprovers(stages, approvals);
      if (open.every(ref => asked.includes(ref))) continue;
      await stores.transaction(async transaction => {
        await transaction.organizations.fence(claim);
        await transaction.provisioning.lockRequest(row.id);
        // Decided or narrowed meanwhile: the next round looks at it again.
        const { version } = (await transaction.requests.get(row.id))!;
        if (version !== row.version) return;
        await askApprovers(transaction, row, stages, approvals);
      });
    }
    if (rows.length < AT_ONCE) return;
    beforeNumber = rows[rows.length - 1].number;
  }
}
