import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import {
  type AccountRow,
  describeAccount,
  describeUnit,
  findUnit,
  organizationsPage,
  requireOrganization,
  requireParent,
  type UnitRow,
} from './rows';
import { ChildId, OrganizationalUnitId, paging, ParentId } from './shapes';

const listRoots = defineOperation({
  name: 'ListRoots',
  input: z.object(paging),
  handle(_input, call) {
    const row = requireOrganization(call);
    return {
      Roots: [
        {
          Id: row.root_id,
          Arn: row.root_arn,
          Name: 'Root',
          PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
        },
      ],
    };
  },
});

const listUnits = defineOperation({
  name: 'ListOrganizationalUnitsForParent',
  input: z.object({ ParentId, ...paging }),
  handle(input, call) {
    requireParent(call, input.ParentId);
    const { rows, NextToken } = organizationsPage(call, input, (after, limit) =>
      unitsBelow(call, input.ParentId, after, limit),
    );
    return {
      OrganizationalUnits: rows.map(row => describeUnit(call, row)),
      NextToken,
    };
  },
});

const listAccountsForParent = defineOperation({
  name: 'ListAccountsForParent',
  input: z.object({ ParentId, ...paging }),
  handle(input, call) {
    requireParent(call, input.ParentId);
    const { rows, NextToken } = organizationsPage(call, input, (after, limit) =>
      accountsBelow(call, input.ParentId, after, limit),
    );
    return { Accounts: rows.map(row => describeAccount(call, row)), NextToken };
  },
});

const listChildren = defineOperation({
  name: 'ListChildren',
  input: z.object({
    ParentId,
    ChildType: z.enum(['ACCOUNT', 'ORGANIZATIONAL_UNIT']),
    ...paging,
  }),
  handle(input, call) {
    requireParent(call, input.ParentId);
    const below = input.ChildType === 'ACCOUNT' ? accountsBelow : unitsBelow;
    const { rows, NextToken } = organizationsPage<AccountRow | UnitRow>(
      call,
      input,
      (after, limit) => below(call, input.ParentId, after, limit),
    );
    return {
      Children: rows.map(row => ({ Id: row.id, Type: input.ChildType })),
      NextToken,
    };
  },
});

const listParents = defineOperation({
  name: 'ListParents',
  input: z.object({ ChildId, ...paging }),
  handle(input, call) {
    const { root_id: rootId } = requireOrganization(call);
    const child = call.context.store.get<{ parent_id: string }>(
      `SELECT parent_id FROM aws_accounts WHERE id = :id
       UNION ALL SELECT parent_id FROM aws_organizational_units WHERE id = :id`,
      { id: input.ChildId },
    );
    if (!child) {
      throw new AwsError(
        'ChildNotFoundException',
        `You specified child '${input.ChildId}' that doesn't exist.`,
      );
    }
    return {
      Parents: [
        {
          Id: child.parent_id,
          Type: child.parent_id === rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT',
        },
      ],
    };
  },
});

const describeUnitOperation = defineOperation({
  name: 'DescribeOrganizationalUnit',
  input: z.object({ OrganizationalUnitId }),
  handle(input, call) {
    requireOrganization(call);
    const row = findUnit(call, input.OrganizationalUnitId);
    if (!row) {
      throw new AwsError(
        'OrganizationalUnitNotFoundException',
        "You specified an organizational unit that doesn't exist.",
      );
    }
    return { OrganizationalUnit: describeUnit(call, row) };
  },
});

function unitsBelow(
  call: AwsCall,
  parentId: string,
  after: number,
  limit: number,
): UnitRow[] {
  return call.context.store.all<UnitRow>(
    'SELECT * FROM aws_organizational_units WHERE parent_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    [parentId, after, limit],
  );
}

function accountsBelow(
  call: AwsCall,
  parentId: string,
  after: number,
  limit: number,
): AccountRow[] {
  return call.context.store.all<AccountRow>(
    'SELECT * FROM aws_accounts WHERE parent_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    [parentId, after, limit],
  );
}

export const hierarchyOperations = [
  listRoots,
  listUnits,
  listAccountsForParent,
  listChildren,
  listParents,
  describeUnitOperation,
];
