import { z } from 'zod';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import {
  duplicate,
  identityStorePage,
  type MembershipRow,
  missing,
  newResourceId,
  requireGroup,
  requireIdentityStore,
  requireUser,
} from './rows';
import { IdentityStoreId, MemberId, paging, ResourceId } from './shapes';

const listGroupMemberships = defineOperation({
  name: 'ListGroupMemberships',
  input: z.object({ IdentityStoreId, GroupId: ResourceId, ...paging }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    requireGroup(call, input.GroupId);
    const { rows, NextToken } = identityStorePage(call, input, (after, limit) =>
      call.context.store.all<MembershipRow>(
        'SELECT * FROM identity_store_memberships WHERE group_id = ? AND seq > ? ORDER BY seq LIMIT ?',
        [input.GroupId, after, limit],
      ),
    );
    return {
      GroupMemberships: rows.map(row => describe(row, input.IdentityStoreId)),
      NextToken,
    };
  },
});

const listGroupMembershipsForMember = defineOperation({
  name: 'ListGroupMembershipsForMember',
  input: z.object({ IdentityStoreId, MemberId, ...paging }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    requireUser(call, input.MemberId.UserId);
    const { rows, NextToken } = identityStorePage(call, input, (after, limit) =>
      call.context.store.all<MembershipRow>(
        'SELECT * FROM identity_store_memberships WHERE user_id = ? AND seq > ? ORDER BY seq LIMIT ?',
        [input.MemberId.UserId, after, limit],
      ),
    );
    return {
      GroupMemberships: rows.map(row => describe(row, input.IdentityStoreId)),
      NextToken,
    };
  },
});

const getGroupMembershipId = defineOperation({
  name: 'GetGroupMembershipId',
  input: z.object({ IdentityStoreId, GroupId: ResourceId, MemberId }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    const row = findMembership(call, input.GroupId, input.MemberId.UserId);
    if (!row) {
      throw missing(call, 'GROUP_MEMBERSHIP');
    }
    return {
      MembershipId: row.membership_id,
      IdentityStoreId: input.IdentityStoreId,
    };
  },
});

const describeGroupMembership = defineOperation({
  name: 'DescribeGroupMembership',
  input: z.object({ IdentityStoreId, MembershipId: ResourceId }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    return describe(
      requireMembership(call, input.MembershipId),
      input.IdentityStoreId,
    );
  },
});

const isMemberInGroups = defineOperation({
  name: 'IsMemberInGroups',
  input: z.object({
    IdentityStoreId,
    MemberId,
    GroupIds: z.array(ResourceId).min(1).max(100),
  }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    requireUser(call, input.MemberId.UserId);
    return {
      Results: input.GroupIds.map(groupId => ({
        GroupId: groupId,
        MemberId: input.MemberId,
        MembershipExists: Boolean(
          findMembership(call, groupId, input.MemberId.UserId),
        ),
      })),
    };
  },
});

const createGroupMembership = defineOperation({
  name: 'CreateGroupMembership',
  input: z.object({ IdentityStoreId, GroupId: ResourceId, MemberId }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    requireGroup(call, input.GroupId);
    requireUser(call, input.MemberId.UserId);
    if (findMembership(call, input.GroupId, input.MemberId.UserId)) {
      throw duplicate(call, 'GroupMembership');
    }
    const membershipId = newResourceId(input.IdentityStoreId);
    call.context.store.insert('identity_store_memberships', {
      membership_id: membershipId,
      group_id: input.GroupId,
      user_id: input.MemberId.UserId,
      created_at: call.now,
      created_by: call.caller.principalArn,
    });
    return {
      MembershipId: membershipId,
      IdentityStoreId: input.IdentityStoreId,
    };
  },
});

const deleteGroupMembership = defineOperation({
  name: 'DeleteGroupMembership',
  input: z.object({ IdentityStoreId, MembershipId: ResourceId }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    const row = requireMembership(call, input.MembershipId);
    call.context.store.run(
      'DELETE FROM identity_store_memberships WHERE membership_id = ?',
      [row.membership_id],
    );
    return {};
  },
});

function findMembership(
  call: AwsCall,
  groupId: string,
  userId: string,
): MembershipRow | undefined {
  return call.context.store.get<MembershipRow>(
    'SELECT * FROM identity_store_memberships WHERE group_id = ? AND user_id = ?',
    [groupId, userId],
  );
}

function requireMembership(call: AwsCall, membershipId: string): MembershipRow {
  const row = call.context.store.get<MembershipRow>(
    'SELECT * FROM identity_store_memberships WHERE membership_id = ?',
    [membershipId],
  );
  if (!row) {
    throw missing(call, 'GROUP_MEMBERSHIP', membershipId);
  }
  return row;
}

function describe(row: MembershipRow, identityStoreId: string) {
  return {
    IdentityStoreId: identityStoreId,
    MembershipId: row.membership_id,
    GroupId: row.group_id,
    MemberId: { UserId: row.user_id },
    CreatedAt: toEpochSeconds(row.created_at),
    CreatedBy: row.created_by,
    UpdatedAt: toEpochSeconds(row.created_at),
    UpdatedBy: row.created_by,
  };
}

export const membershipOperations = [
  listGroupMemberships,
  listGroupMembershipsForMember,
  getGroupMembershipId,
  describeGroupMembership,
  isMemberInGroups,
  createGroupMembership,
  deleteGroupMembership,
];
