import {
  AccountRef,
  Atom,
  Change,
  PermissionSetRef,
  Person,
  Plan,
  PlanObject,
} from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { describePlan } from './describePlan';
import { findFindings } from './findFindings';
import {
  accountLabel,
  countLabel,
  permissionSetLabel,
} from '../wording/labels';
import {
  AccessGroupDocument,
  AccountAssignmentDocument,
  ApplicationAssignmentDocument,
} from './planDocuments';
import { PlanFacts } from './PlanFacts';
import { PlannedGroup, planGroups } from './planGroups';

/**
 * Makes the plan of a request from facts: what is created, who gains what, and
 * what is worth looking at. Pure.
 *
 * @param facts - facts in which `findProblems` found nothing; what is missing in
 *   them is left out of the plan
 */
export function planRequest(
  input: { teamRef: string; duration: string | null; changes: Change[] },
  facts: PlanFacts & { pins: NonNullable<PlanFacts['pins']> },
): Plan {
  const groups = planGroups(input.changes, facts);
  const draft = {
    formatVersion: 1 as const,
    organization: facts.pins,
    duration: input.duration,
    people: peopleOf(groups),
    accounts: accountsOf(groups, facts),
    permissionSets: permissionSetsOf(groups, facts),
    objects: groups.flatMap(group => objectsOf(group, input.teamRef, facts)),
    gains: uniqueBy(
      groups.flatMap(group => gainsOf(group, input.duration, facts)),
      atom => JSON.stringify(atom),
    ),
    losses: [],
  };
  const plan = { ...draft, findings: findFindings(draft, facts) };
  return { ...plan, sentences: describePlan(plan) };
}

function peopleOf(groups: PlannedGroup[]): Person[] {
  const people = groups
    .flatMap(group => group.members)
    .filter(member => member.entraUserId !== null)
    .map(member => ({
      entraUserId: member.entraUserId!,
      entityRef: member.entityRef,
      displayName: member.displayName,
    }));
  return uniqueBy(people, person => person.entraUserId).sort(
    (one, other) =>
      one.displayName.localeCompare(other.displayName, 'en') ||
      one.entraUserId.localeCompare(other.entraUserId, 'en'),
  );
}

function targetsOf(group: PlannedGroup, facts: PlanFacts) {
  const targets = group.assignments.flatMap(({ change }) => {
    const permissionSet = facts.permissionSets.get(change.permissionSet.arn);
    if (!permissionSet) return [];
    return change.accounts.accountIds.flatMap(accountId => {
      const account = facts.accounts.get(accountId);
      return account ? [{ permissionSet, account }] : [];
    });
  });
  return uniqueBy(
    targets,
    ({ permissionSet, account }) =>
      `${account.account.accountId}/${permissionSet.set.arn}`,
  );
}

function accountsOf(groups: PlannedGroup[], facts: PlanFacts): AccountRef[] {
  return uniqueBy(
    groups.flatMap(group =>
      targetsOf(group, facts).map(({ account: { account, facts: known } }) => ({
        id: account.accountId,
        name: account.name,
        environment: known.environment.known
          ? known.environment.value
          : ('unknown' as const),
      })),
    ),
    account => account.id,
  );
}

function permissionSetsOf(
  groups: PlannedGroup[],
  facts: PlanFacts,
): PermissionSetRef[] {
  return uniqueBy(
    groups.flatMap(group =>
      targetsOf(group, facts).map(({ permissionSet: { set, level } }) => ({
        arn: set.arn,
        name: set.name,
        accessLevel: level.level,
        documentDigest: set.documentDigest,
      })),
    ),
    set => set.arn,
  );
}

function gainsOf(
  group: PlannedGroup,
  duration: string | null,
  facts: PlanFacts,
): Atom[] {
  const seconds =
    duration === null ? null : Duration.fromISO(duration).as('seconds');
  return targetsOf(group, facts).flatMap(({ permissionSet, account }) =>
    memberIdsOf(group).map(entraUserId => ({
      entraUserId,
      permissionSetArn: permissionSet.set.arn,
      documentDigest: permissionSet.set.documentDigest,
      accountId: account.account.accountId,
      seconds,
    })),
  );
}

function objectsOf(
  group: PlannedGroup,
  teamRef: string,
  facts: PlanFacts,
): PlanObject[] {
  const { key } = group.change;
  const displayName = facts.groupNames.get(key)?.displayName ?? key;
  const memberIds = memberIdsOf(group);
  const accessGroup: AccessGroupDocument = {
    displayName,
    description:
      group.change.description ??
      `AWS access of ${teamRef}; managed by the developer portal`,
    memberIds,
  };
  const application: ApplicationAssignmentDocument = { accessGroup: key };
  const created = { action: 'create' as const, id: null, before: null };
  return [
    {
      key,
      kind: 'accessGroup',
      ...created,
      summary: `Creates the Entra group ${displayName} (${countLabel(
        memberIds.length,
        'member',
        'members',
      )}).`,
      after: accessGroup,
    },
    {
      key: `application/${key}`,
      kind: 'applicationAssignment',
      ...created,
      summary: `Assigns ${displayName} to the enterprise application.`,
      after: application,
    },
    ...targetsOf(group, facts).map(({ permissionSet, account }): PlanObject => {
      const { accountId, name } = account.account;
      const assignment: AccountAssignmentDocument = {
        accessGroup: key,
        accountId,
        permissionSetArn: permissionSet.set.arn,
      };
      return {
        key: `assignment/${key}/${accountId}/${permissionSet.set.arn}`,
        kind: 'accountAssignment',
        ...created,
        summary: `Gives ${displayName} ${permissionSetLabel({
          name: permissionSet.set.name,
          accessLevel: permissionSet.level.level,
        })} in ${accountLabel({ id: accountId, name })}.`,
        after: assignment,
      };
    }),
  ];
}

function memberIdsOf(group: PlannedGroup): string[] {
  const ids = group.members.flatMap(member => member.entraUserId ?? []);
  return [...new Set(ids)].sort();
}

function uniqueBy<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map(item => [keyOf(item), item])).values()];
}
