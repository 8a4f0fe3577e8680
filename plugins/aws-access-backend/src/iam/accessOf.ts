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

/**
 * An organization may have 3,500 permission sets (AWS's quota) and its busy
 * lists show some hundred of them; one takes some 100 kB.
 */
const recent = new RecentResults<Access>(300);

/**
 * Works out what the policies allow, action by action. Pure; the same policies
 * are worked out once.
 */
export function accessOf(document: PolicyDocument): Access {
  const key = createHash('sha256')
    .update(
      JSON.stringify([
        document.managedPolicies.map(({ arn, name }) => [arn, name]),
        document.customerManagedPolicies.map(({ name, path }) => [name, path]),
        document.inlinePolicy,
        document.permissionsBoundary,
      ]),
    )
    .digest('hex');
  return recent.getOrCompute(key, () => workOut(document));
}

/** As the function of this name about grants. */
export function reachIn(document: PolicyDocument, action: string) {
  return reachOf(accessOf(document).grants, action);
}

function workOut(document: PolicyDocument): Access {
  const grants = grantsOf(document);
  const services = [...iamServiceNames().keys()]
    .flatMap(service => serviceReach(grants, service) ?? [])
    .sort((one, other) =>
      one.access.name.localeCompare(other.access.name, 'en'),
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
