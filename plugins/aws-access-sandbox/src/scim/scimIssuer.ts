import type { SandboxStore } from '../store/SandboxStore';

/**
 * The `Issuer` that SCIM writes beside every external id in the identity
 * store: its own endpoint, one per identity store.
 *
 * @throws Error when the store has no Identity Center instance
 */
export function scimIssuer(store: SandboxStore): string {
  const instance = store.get<{ region: string; identity_store_id: string }>(
    'SELECT region, identity_store_id FROM aws_instance LIMIT 1',
  );
  if (!instance) {
    throw new Error('The sandbox has no IAM Identity Center instance');
  }
  return `https://scim.${instance.region}.amazonaws.com/${instance.identity_store_id}/scim/v2/`;
}
