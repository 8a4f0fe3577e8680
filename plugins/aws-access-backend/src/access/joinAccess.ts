import {
  AccessEntry,
  AccessPath,
  Verdict,
} from 'backstage-plugin-aws-access-common';
import { AccountAssignment } from '../clouds/AwsCloud';
import { digestOf } from '../digest/digestOf';
import { accessLevelOf } from '../iam/accessLevelOf';
import { leaseObjectKey } from '../leases/LeaseStore';
import { plainName } from '../people/plainName';
import { AccessFacts, assignmentKey } from './AccessFacts';
import { consoleUrl } from './consoleUrl';
import { findHolders } from './findHolders';

/**
 * Joins assignments, groups, members and leases into ways into accounts: who,
 * as what, through what, until when. Sorted by account, then permission set.
 */
export function joinAccess(facts: AccessFacts): AccessEntry[] {
  return facts.assignments
    .map(assignment => toEntry(facts, assignment))
    .sort(
      (a, b) =>
        a.account.name.localeCompare(b.account.name, 'en') ||
        a.permissionSet.name.localeCompare(b.permissionSet.name, 'en') ||
        a.id.localeCompare(b.id, 'en'),
    );
}

function toEntry(
  facts: AccessFacts,
  assignment: AccountAssignment,
): AccessEntry {
  const { accountId, permissionSetArn } = assignment;
  const set = facts.permissionSets.get(permissionSetArn);
  // Read after the assignment was, a new permission set may not be known yet.
  const permissionSetName = set?.name ?? permissionSetArn;
  const path = pathOf(facts, assignment);
  return {
    id: digestOf({ organizationId: facts.organizationId, ...assignment }).slice(
      0,
      24,
    ),
    organizationId: facts.organizationId,
    account: {
      id: accountId,
      name: facts.accounts.get(accountId)?.name ?? accountId,
      environment: facts.environments.get(accountId) ?? 'unknown',
    },
    permissionSet: {
      arn: permissionSetArn,
      name: permissionSetName,
      accessLevel: set ? accessLevelOf(set.document).level : 'custom',
      sessionDuration: set?.document.sessionDuration ?? 'PT1H',
    },
    path,
    evidence: evidenceOf(facts, assignment),
    ...standingOf(facts, assignment),
    verdict: verdictOf(facts, assignment, path),
    holders: findHolders(facts, path),
    consoleUrl: set
      ? consoleUrl(facts.accessPortalUrl, accountId, permissionSetName)
      : null,
  };
}

function pathOf(facts: AccessFacts, assignment: AccountAssignment): AccessPath {
  const { principalId } = assignment;
  if (assignment.principalType === 'USER') {
    return facts.storeUsers.has(principalId)
      ? { via: 'direct', identityStoreUserId: principalId }
      : { via: 'missing', principalId };
  }
  const group = facts.storeGroups.get(principalId);
  return group
    ? {
        via: 'group',
        groupName: plainName(group.displayName),
        entraGroupId: group.externalId,
        identityStoreGroupId: principalId,
      }
    : { via: 'missing', principalId };
}

function evidenceOf(
  { team }: AccessFacts,
  assignment: AccountAssignment,
): AccessEntry['evidence'] {
  if (!team) return null;
  return assignment.principalType === 'USER'
    ? 'members'
    : team.evidence.get(assignment.principalId) ?? null;
}

function verdictOf(
  facts: AccessFacts,
  assignment: AccountAssignment,
  path: AccessPath,
): Verdict {
  const reasons = facts.leases.get(assignmentKey(assignment)) ?? [];
  const isMissing = path.via === 'missing';
  if (reasons.length === 0) return isMissing ? 'orphaned' : 'unmanaged';
  if (isMissing) return 'drifted';
  return reasons.some(({ object }) => facts.adopted.has(leaseObjectKey(object)))
    ? 'adopted'
    : 'managed';
}

/** Access lives as long as the last lease on it. */
function standingOf(
  facts: AccessFacts,
  assignment: AccountAssignment,
): Pick<AccessEntry, 'standing' | 'until' | 'requestId' | 'requestNumber'> {
  const reasons = facts.leases.get(assignmentKey(assignment)) ?? [];
  if (reasons.length === 0) {
    return {
      standing: 'unmanaged',
      until: null,
      requestId: null,
      requestNumber: null,
    };
  }
  const last = reasons.reduce((latest, lease) =>
    endsLater(lease.endsAt, latest.endsAt) ? lease : latest,
  );
  return {
    standing: last.endsAt === null ? 'standing' : 'temporary',
    until: last.endsAt,
    requestId: last.requestId,
    requestNumber: facts.requestNumbers.get(last.requestId) ?? null,
  };
}

/** Null = no end. Moments are of one width, so text order is time order. */
function endsLater(end: string | null, than: string | null): boolean {
  if (than === null) return false;
  return end === null || end > than;
}
