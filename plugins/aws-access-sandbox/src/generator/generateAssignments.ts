import { exampleFoundedAt } from '../seed';
import type { SandboxStore, SqlValue } from '../store/SandboxStore';
import type { GeneratedGroup } from './generateGroups';
import type { GeneratedPermissionSet } from './generatePermissionSets';
import { SeededRandom } from './SeededRandom';
import { shareOut } from './shareOut';

/** One assignment in so many was made to a person directly, past every group. */
const DIRECT_EVERY = 100;

/** What assignments are made between. */
export interface AssignmentParties {
  readonly accountIds: string[];
  readonly sets: GeneratedPermissionSet[];
  readonly groups: GeneratedGroup[];
  /** Identity store ids of people. */
  readonly userIds: string[];
}

/**
 * Writes account assignments, and that their permission sets are provisioned: each group's set on neighbouring
 * accounts, and some sets that people got directly.
 *
 * An assignment is one number while it is planned, and rows are written in the order of the table's unique key: both
 * keep a million of them small.
 */
export function generateAssignments(
  store: SandboxStore,
  parties: AssignmentParties,
  total: number,
  seed: number,
): void {
  const { accountIds, sets, userIds } = parties;
  const groups = parties.groups.filter(({ permissionSet }) => permissionSet);
  const principals = [
    ...groups.map(({ groupId }) => ({ type: 'GROUP', id: groupId })),
    ...userIds.map(id => ({ type: 'USER', id })),
  ];
  const planned = new Float64Array(total);
  let count = 0;
  const plan = (account: number, set: number, principal: number) => {
    planned[count] =
      (set * accountIds.length + account) * principals.length + principal;
    count += 1;
  };

  const direct = userIds.length > 0 ? Math.floor(total / DIRECT_EVERY) : 0;
  const shares = shareOut(
    total - direct,
    groups.length,
    accountIds.length,
    new SeededRandom(`${seed}/assignments`),
  );
  const indexOfSet = new Map(sets.map((set, index) => [set, index]));
  groups.forEach(({ permissionSet }, index) => {
    const first = Math.floor((index * accountIds.length) / groups.length);
    for (let step = 0; step < shares[index]; step += 1) {
      plan(
        (first + step) % accountIds.length,
        indexOfSet.get(permissionSet!)!,
        index,
      );
    }
  });
  for (let index = 0; index < direct; index += 1) {
    // Whoever has a turn again gets the next account.
    const round = Math.floor(index / userIds.length);
    const person = index % userIds.length;
    plan(
      (person * 37 + round) % accountIds.length,
      (person * 31 + round) % sets.length,
      groups.length + person,
    );
  }
  planned.sort();

  store.insertMany(
    'aws_account_assignments',
    [
      'permission_set_arn',
      'account_id',
      'principal_type',
      'principal_id',
      'created_at',
    ],
    assignmentRows(planned, principals, parties),
  );
  store.insertMany(
    'aws_provisioned_permission_sets',
    ['permission_set_arn', 'account_id', 'revision', 'provisioned_at'],
    provisionedRows(planned, principals.length, parties),
  );
}

function* assignmentRows(
  planned: Float64Array,
  principals: { type: string; id: string }[],
  { accountIds, sets }: AssignmentParties,
): Generator<SqlValue[]> {
  for (const key of planned) {
    const principal = principals[key % principals.length];
    const pair = Math.floor(key / principals.length);
    yield [
      sets[Math.floor(pair / accountIds.length)].arn,
      accountIds[pair % accountIds.length],
      principal.type,
      principal.id,
      exampleFoundedAt,
    ];
  }
}

/** Sets that were changed since are out of date on every other account. */
function* provisionedRows(
  planned: Float64Array,
  principals: number,
  { accountIds, sets }: AssignmentParties,
): Generator<SqlValue[]> {
  let last = -1;
  for (const key of planned) {
    const pair = Math.floor(key / principals);
    if (pair !== last) {
      const account = pair % accountIds.length;
      const { arn, revision } = sets[Math.floor(pair / accountIds.length)];
      yield [
        arn,
        accountIds[account],
        account % 2 ? revision : 1,
        exampleFoundedAt,
      ];
      last = pair;
    }
  }
}
