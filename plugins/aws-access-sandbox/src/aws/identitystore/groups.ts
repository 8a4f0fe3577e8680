import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import {
  duplicate,
  type GroupRow,
  identityStorePage,
  missing,
  newResourceId,
  requireGroup,
  requireIdentityStore,
} from './rows';
import {
  AlternateIdentifier,
  Filters,
  IdentityStoreId,
  paging,
  ResourceId,
  Text,
} from './shapes';

const listGroups = defineOperation({
  name: 'ListGroups',
  input: z.object({ IdentityStoreId, Filters, ...paging }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    const filter = input.Filters?.[0];
    if (filter && filter.AttributePath.toLowerCase() !== 'displayname') {
      throw AwsError.validation(
        `Invalid attribute path in filter: ${filter.AttributePath}`,
      );
    }
    const { rows, NextToken } = identityStorePage(call, input, (after, limit) =>
      filter
        ? call.context.store.all<GroupRow>(
            'SELECT * FROM identity_store_groups WHERE display_name = ? AND seq > ?',
            [filter.AttributeValue, after],
          )
        : call.context.store.all<GroupRow>(
            'SELECT * FROM identity_store_groups WHERE seq > ? ORDER BY seq LIMIT ?',
            [after, limit],
          ),
    );
    return {
      Groups: rows.map(row => describeGroup(row, input.IdentityStoreId)),
      NextToken,
    };
  },
});

const describeGroupOperation = defineOperation({
  name: 'DescribeGroup',
  input: z.object({ IdentityStoreId, GroupId: ResourceId }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    return describeGroup(
      requireGroup(call, input.GroupId),
      input.IdentityStoreId,
    );
  },
});

const getGroupId = defineOperation({
  name: 'GetGroupId',
  input: z.object({ IdentityStoreId, AlternateIdentifier }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    return {
      GroupId: findGroup(call, input.AlternateIdentifier).group_id,
      IdentityStoreId: input.IdentityStoreId,
    };
  },
});

const createGroup = defineOperation({
  name: 'CreateGroup',
  input: z.object({
    IdentityStoreId,
    DisplayName: Text.optional(),
    Description: Text.optional(),
  }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    if (!input.DisplayName) {
      throw AwsError.validation('DisplayName is a required attribute.');
    }
    if (
      call.context.store.get(
        'SELECT 1 FROM identity_store_groups WHERE display_name = ?',
        [input.DisplayName],
      )
    ) {
      throw duplicate(call, 'GroupDisplayName');
    }
    const groupId = newResourceId(input.IdentityStoreId);
    call.context.store.insert('identity_store_groups', {
      group_id: groupId,
      display_name: input.DisplayName,
      description: input.Description,
      created_at: call.now,
      created_by: call.caller.principalArn,
      updated_at: call.now,
      updated_by: call.caller.principalArn,
    });
    return { GroupId: groupId, IdentityStoreId: input.IdentityStoreId };
  },
});

/** Assignments of the group stay behind and point to nothing, as they do in AWS. */
const deleteGroup = defineOperation({
  name: 'DeleteGroup',
  input: z.object({ IdentityStoreId, GroupId: ResourceId }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    requireGroup(call, input.GroupId);
    call.context.store.run(
      'DELETE FROM identity_store_groups WHERE group_id = ?',
      [input.GroupId],
    );
    return {};
  },
});

function findGroup(
  call: AwsCall,
  identifier: z.output<typeof AlternateIdentifier>,
): GroupRow {
  const { ExternalId, UniqueAttribute } = identifier;
  if (Boolean(ExternalId) === Boolean(UniqueAttribute)) {
    throw AwsError.validation(
      'AlternateIdentifier must have exactly one member.',
    );
  }
  if (
    UniqueAttribute &&
    UniqueAttribute.AttributePath.toLowerCase() !== 'displayname'
  ) {
    throw AwsError.validation(
      `${UniqueAttribute.AttributePath} is not a unique attribute of GROUP.`,
    );
  }
  const row = ExternalId
    ? call.context.store.get<GroupRow>(
        'SELECT * FROM identity_store_groups WHERE external_id_issuer = ? AND external_id = ?',
        [ExternalId.Issuer, ExternalId.Id],
      )
    : call.context.store.get<GroupRow>(
        'SELECT * FROM identity_store_groups WHERE display_name = ?',
        [String(UniqueAttribute?.AttributeValue)],
      );
  if (!row) {
    throw missing(call, 'GROUP');
  }
  return row;
}

/** A group on the wire. */
export function describeGroup(row: GroupRow, identityStoreId: string) {
  return {
    GroupId: row.group_id,
    DisplayName: row.display_name,
    Description: row.description ?? undefined,
    ExternalIds: externalIds(row),
    CreatedAt: toEpochSeconds(row.created_at),
    CreatedBy: row.created_by,
    UpdatedAt: toEpochSeconds(row.updated_at),
    UpdatedBy: row.updated_by,
    IdentityStoreId: identityStoreId,
  };
}

/** The id that the external identity provider gave by SCIM; absent for what was made through the API. */
export function externalIds(row: {
  external_id_issuer: string | null;
  external_id: string | null;
}) {
  return row.external_id_issuer && row.external_id
    ? [{ Issuer: row.external_id_issuer, Id: row.external_id }]
    : undefined;
}

export const groupOperations = [
  listGroups,
  describeGroupOperation,
  getGroupId,
  createGroup,
  deleteGroup,
];
