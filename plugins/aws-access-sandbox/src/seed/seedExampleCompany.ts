import type { SandboxContext } from '../server/SandboxContext';
import { seedDirectory } from './seedDirectory';
import { seedEnterpriseApplication } from './seedEnterpriseApplication';
import { seedGraphCallers } from './seedGraphCallers';
import { seedIdentityStore } from './seedIdentityStore';
import { seedOrganization } from './seedOrganization';
import { seedPermissionSets } from './seedPermissionSets';
import { seedConditionalAccess, seedSignIns } from './seedSignOn';

/**
 * Fills an empty store with both clouds of the example company, as if SCIM had
 * already run for years.
 *
 * @public
 */
export function seedExampleCompany(
  context: Pick<SandboxContext, 'store' | 'clock'>,
): void {
  const { store, clock } = context;
  store.transaction(() => {
    seedOrganization(store);
    seedDirectory(store);
    seedEnterpriseApplication(store, clock.now());
    seedGraphCallers(store);
    seedConditionalAccess(store);
    seedSignIns(store, clock.now());
    seedIdentityStore(store, clock.now());
    seedPermissionSets(store);
  });
}
