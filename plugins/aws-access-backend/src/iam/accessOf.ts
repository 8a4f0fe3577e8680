import { createHash } from 'crypto';
import { Grants, grantsOf, PolicyDocument } from './grantsOf';
import { iamServiceNames } from './iamActions';
import { reachOf } from './reachOf';
import { RecentResults } from './RecentResults';
import { serviceReach, ServiceReach } from './serviceReach';

/** What the policies of a permission set come to. */
export interface Access {
  grants: Grants;
  /** By name of the service. */
  services: ServiceReach[];
  /** Services that can be written to on every resource. */
  writableServices: number;
}

/** One takes up to 300 kB where it reaches every service; few are looked at at once. */
const recent = new RecentResults<Access>(20);

/**
 * Works out what the policies allow, action by action. Pure; the same policies
 * are worked out once while they are looked at.
 */
export function accessOf(document: PolicyDocument): Access {
  return recent.getOrCompute(policyKey(document), () => workOut(document));
}

/** Equal for permission sets whose policies are the same. */
export function policyKey(document: PolicyDocument): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        document.managedPolicies.map(({ arn, name }) => [arn, name]),
        document.customerManagedPolicies.map(({ name, path }) => [name, path]),
        document.inlinePolicy,
        document.permissionsBoundary,
      ]),
    )
    .digest('hex');
}

/** As the function of this name about grants. */
export function reachIn(document: PolicyDocument, action: string) {
  return reachOf(accessOf(document).grants, action);
}

function workOut(document: PolicyDocument): Access {
  const grants = grantsOf(document);
  const services = [...iamServiceNames().keys()].flatMap(
    service => serviceReach(grants, service) ?? [],
  );
  return {
    grants,
    services,
    writableServices: services.filter(
      ({ everywhere }) =>
        everywhere.has('Write') || everywhere.has('Permissions management'),
    ).length,
  };
}
