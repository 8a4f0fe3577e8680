import { Change } from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { KeptScope } from '../../facts/FactsSource';
import { unique } from '../unique';

/** What the changes of a request name, and what must be known for them. */
export interface NamedObjects {
  /** Refs of people. */
  people: string[];
  /** Everybody of the team is named. */
  namesTeam: boolean;
  /** Entra object ids of groups that exist. */
  groupIds: string[];
  /** ARNs of permission sets that exist. */
  permissionSets: string[];
  /** Those of which it matters who has them. */
  heldSets: string[];
  /** Who has what themselves matters, for which people. */
  direct: Array<{
    permissionSetArn: string;
    accountIds: string[];
    people: string[];
  }>;
  /** Those of which it matters whether they are ours. */
  judgedSets: string[];
  /** Entra object ids of groups that are to be adopted. */
  adoptedGroups: string[];
  /** A new permission set is asked for. */
  makesSets: boolean;
  accountIds: string[];
  /** With the index of the change. */
  scopes: Array<{ index: number; scope: KeptScope }>;
}

/** Pure. */
export function whatIsNamed(
  changes: Change[],
  { elevation }: Pick<OrganizationConfig, 'elevation'>,
): NamedObjects {
  const named: NamedObjects = {
    people: [],
    namesTeam: false,
    groupIds: [],
    permissionSets: [],
    heldSets: [],
    direct: [],
    judgedSets: [],
    adoptedGroups: [],
    makesSets: false,
    accountIds: [],
    scopes: [],
  };
  changes.forEach((change, index) => {
    if ('people' in change) named.people.push(...change.people);
    if ('accessGroup' in change && 'entraGroupId' in change.accessGroup) {
      named.groupIds.push(change.accessGroup.entraGroupId);
      if (change.kind === 'adoptAccessGroup') {
        named.adoptedGroups.push(change.accessGroup.entraGroupId);
      }
    }
    if ('permissionSet' in change && 'arn' in change.permissionSet) {
      const { arn } = change.permissionSet;
      named.permissionSets.push(arn);
      if (
        change.kind === 'removePermissionSet' ||
        change.kind === 'adoptPermissionSet'
      ) {
        named.heldSets.push(arn);
        named.judgedSets.push(arn);
      }
      if (
        change.kind === 'removeElevation' ||
        (change.kind === 'elevation' && elevation === 'direct')
      ) {
        named.direct.push({
          permissionSetArn: arn,
          accountIds: unique(change.accounts.accountIds),
          people: unique(change.people),
        });
      }
    }
    if ('accounts' in change) {
      if (change.accounts.kind === 'named') {
        named.accountIds.push(...change.accounts.accountIds);
      } else {
        named.scopes.push({ index, scope: change.accounts });
      }
    }
    if (change.kind === 'accessGroup') {
      if (change.members.kind === 'people') {
        named.people.push(...change.members.people);
      } else {
        named.namesTeam = true;
      }
    }
    if (change.kind === 'permissionSet') {
      if (change.arn) {
        named.permissionSets.push(change.arn);
        named.heldSets.push(change.arn);
      } else {
        named.makesSets = true;
      }
    }
  });
  return {
    ...named,
    people: unique(named.people),
    groupIds: unique(named.groupIds),
    permissionSets: unique(named.permissionSets),
    heldSets: unique(named.heldSets),
    judgedSets: unique(named.judgedSets),
    adoptedGroups: unique(named.adoptedGroups),
    accountIds: unique(named.accountIds),
  };
}
