import {
  ChangeOf,
  newPermissionSetArn,
} from 'backstage-plugin-aws-access-common';
import canonicalize from 'canonicalize';
import { Duration } from 'luxon';
import { PermissionSetDocument } from '../../clouds/AwsCloud';
import { digestOf } from '../../digest/digestOf';
import { accessLevelOf } from '../../iam/accessLevelOf';
import { PlannedPermissionSet } from '../facts/PlanFacts';

/**
 * A permission set as a request leaves it, in the form in which AWS will be read
 * afterwards: lists sorted, and what says the same kept as it is. Pure.
 */
export function planPermissionSet(
  { arn, key, document: wish }: ChangeOf<'permissionSet'>,
  known: Map<string, PlannedPermissionSet>,
): PlannedPermissionSet {
  const before = arn ? known.get(arn) : undefined;
  const now = before?.set.document;
  const document: PermissionSetDocument = {
    name: wish.name,
    description: wish.description,
    sessionDuration:
      now && minutesOf(now.sessionDuration) === minutesOf(wish.sessionDuration)
        ? now.sessionDuration
        : wish.sessionDuration,
    relayState: wish.relayState,
    managedPolicies: [...new Set(wish.managedPolicies)].sort().map(
      policyArn =>
        now?.managedPolicies.find(policy => policy.arn === policyArn) ?? {
          arn: policyArn,
          name: policyArn.slice(policyArn.lastIndexOf('/') + 1),
        },
    ),
    customerManagedPolicies: uniquePolicies(wish.customerManagedPolicies),
    inlinePolicy: wish.inlinePolicy,
    permissionsBoundary: wish.permissionsBoundary,
    tags: wish.tags,
  };
  if (before && isSameDocument(before.set.document, document)) return before;
  return {
    set: {
      arn: arn ?? newPermissionSetArn(key),
      name: document.name,
      document,
      documentDigest: digestOf(document),
    },
    level: accessLevelOf(document),
  };
}

function isSameDocument(
  one: PermissionSetDocument,
  other: PermissionSetDocument,
): boolean {
  return canonicalize(one) === canonicalize(other);
}

function uniquePolicies(policies: Array<{ name: string; path: string }>) {
  const byPath = new Map(
    policies.map(({ name, path }) => [`${path}${name}`, { name, path }]),
  );
  return [...byPath]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, policy]) => policy);
}

function minutesOf(duration: string): number {
  return Duration.fromISO(duration).as('minutes');
}
