import { Duration } from 'luxon';
import { PermissionSetDocument } from '../../clouds/AwsCloud';
import { digestOf } from '../../digest/digestOf';

/**
 * Whether two documents are one to AWS: the order of policies, the spelling of a
 * duration and of an empty text and the layout of a policy's JSON make no difference. Pure.
 */
export function samePermissionSet(
  one: PermissionSetDocument,
  other: PermissionSetDocument,
): boolean {
  return comparable(one) === comparable(other);
}

/** Whether two policies are the same JSON, or else the same text. */
export function samePolicyText(
  one: string | null,
  other: string | null,
): boolean {
  return policyKey(one) === policyKey(other);
}

function comparable(set: PermissionSetDocument): string {
  return digestOf({
    ...set,
    sessionDuration: Duration.fromISO(set.sessionDuration).as('seconds'),
    description: set.description ?? '',
    relayState: set.relayState ?? '',
    managedPolicies: set.managedPolicies.map(({ arn }) => arn).sort(),
    customerManagedPolicies: set.customerManagedPolicies
      .map(({ name, path }) => `${path}${name}`)
      .sort(),
    inlinePolicy: policyKey(set.inlinePolicy),
  });
}

function policyKey(text: string | null): string | null {
  if (text === null) return null;
  try {
    return digestOf(JSON.parse(text));
  } catch {
    return text;
  }
}
