import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import { externalIds } from './groups';
import {
  duplicate,
  identityStorePage,
  missing,
  newResourceId,
  requireIdentityStore,
  requireUser,
  type UserRow,
} from './rows';
import {
  AlternateIdentifier,
  ExtensionNames,
  Filters,
  IdentityStoreId,
  paging,
  ResourceId,
} from './shapes';
import { OtherUserAttributes, userAttributes } from './userAttributes';

const listUsers = defineOperation({
  name: 'ListUsers',
  input: z.object({
    IdentityStoreId,
    Extensions: ExtensionNames,
    Filters,
    ...paging,
  }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    const filter = input.Filters?.[0];
    if (filter && filter.AttributePath.toLowerCase() !== 'username') {
      throw AwsError.validation(
        `Invalid attribute path in filter: ${filter.AttributePath}`,
      );
    }
    const { rows, NextToken } = identityStorePage(call, input, (after, limit) =>
      filter
        ? call.context.store.all<UserRow>(
            'SELECT * FROM identity_store_users WHERE user_name = ? AND seq > ?',
            [filter.AttributeValue, after],
          )
        : call.context.store.all<UserRow>(
            'SELECT * FROM identity_store_users WHERE seq > ? ORDER BY seq LIMIT ?',
            [after, limit],
          ),
    );
    return {
      Users: rows.map(row => describeUser(row, input.IdentityStoreId)),
      NextToken,
    };
  },
});

const describeUserOperation = defineOperation({
  name: 'DescribeUser',
  input: z.object({
    IdentityStoreId,
    UserId: ResourceId,
    Extensions: ExtensionNames,
  }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    return describeUser(requireUser(call, input.UserId), input.IdentityStoreId);
  },
});

const getUserId = defineOperation({
  name: 'GetUserId',
  input: z.object({ IdentityStoreId, AlternateIdentifier }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    return {
      IdentityStoreId: input.IdentityStoreId,
      UserId: findUser(call, input.AlternateIdentifier).user_id,
    };
  },
});

const createUser = defineOperation({
  name: 'CreateUser',
  input: z.object({ IdentityStoreId, ...userAttributes }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    const { UserName, DisplayName, Name } = requiredUserAttributes(input);
    if (
      call.context.store.get(
        'SELECT 1 FROM identity_store_users WHERE user_name = ?',
        [UserName],
      )
    ) {
      throw duplicate(call, 'UserName');
    }
    const userId = newResourceId(input.IdentityStoreId);
    call.context.store.insert('identity_store_users', {
      user_id: userId,
      user_name: UserName,
      display_name: DisplayName,
      given_name: Name.GivenName,
      family_name: Name.FamilyName,
      email: input.Emails?.[0].Value,
      phone_number: input.PhoneNumbers?.[0].Value,
      title: input.Title,
      attributes_json: JSON.stringify(OtherUserAttributes.parse(input)),
      created_at: call.now,
      created_by: call.caller.principalArn,
      updated_at: call.now,
      updated_by: call.caller.principalArn,
    });
    return { IdentityStoreId: input.IdentityStoreId, UserId: userId };
  },
});

const deleteUser = defineOperation({
  name: 'DeleteUser',
  input: z.object({ IdentityStoreId, UserId: ResourceId }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    requireUser(call, input.UserId);
    call.context.store.run(
      'DELETE FROM identity_store_users WHERE user_id = ?',
      [input.UserId],
    );
    return {};
  },
});

/**
 * The attributes that no user may lack.
 * @throws AwsError `ValidationException` when one is missing
 */
export function requiredUserAttributes(attributes: {
  UserName?: string;
  DisplayName?: string;
  Name?: { GivenName?: string; FamilyName?: string };
}) {
  const { UserName, DisplayName, Name } = attributes;
  const { GivenName, FamilyName } = Name ?? {};
  if (!UserName || !DisplayName || !GivenName || !FamilyName) {
    throw AwsError.validation(
      'UserName, DisplayName, Name.GivenName and Name.FamilyName are required attributes.',
    );
  }
  return { UserName, DisplayName, Name: { GivenName, FamilyName } };
}

const UNIQUE_COLUMNS: Record<string, string> = {
  username: 'user_name',
  'emails.value': 'email',
};

function findUser(
  call: AwsCall,
  identifier: z.output<typeof AlternateIdentifier>,
): UserRow {
  const { ExternalId, UniqueAttribute } = identifier;
  if (Boolean(ExternalId) === Boolean(UniqueAttribute)) {
    throw AwsError.validation(
      'AlternateIdentifier must have exactly one member.',
    );
  }
  const column =
    UNIQUE_COLUMNS[UniqueAttribute?.AttributePath.toLowerCase() ?? ''];
  if (UniqueAttribute && !column) {
    throw AwsError.validation(
      `${UniqueAttribute.AttributePath} is not a unique attribute of USER.`,
    );
  }
  const row = ExternalId
    ? call.context.store.get<UserRow>(
        'SELECT * FROM identity_store_users WHERE external_id_issuer = ? AND external_id = ?',
        [ExternalId.Issuer, ExternalId.Id],
      )
    : call.context.store.get<UserRow>(
        `SELECT * FROM identity_store_users WHERE ${column} = ? COLLATE NOCASE`,
        [String(UniqueAttribute?.AttributeValue)],
      );
  if (!row) {
    throw missing(call, 'USER');
  }
  return row;
}

/** A user on the wire. */
export function describeUser(row: UserRow, identityStoreId: string) {
  const { Name: otherNameParts, ...otherAttributes } =
    OtherUserAttributes.parse(JSON.parse(row.attributes_json));
  const name = {
    ...otherNameParts,
    GivenName: row.given_name ?? undefined,
    FamilyName: row.family_name ?? undefined,
  };
  return {
    IdentityStoreId: identityStoreId,
    UserId: row.user_id,
    UserName: row.user_name,
    ExternalIds: externalIds(row),
    Name: Object.values(name).some(Boolean) ? name : undefined,
    DisplayName: row.display_name ?? undefined,
    Title: row.title ?? undefined,
    Emails: row.email
      ? [{ Value: row.email, Type: 'work', Primary: true }]
      : undefined,
    PhoneNumbers: row.phone_number
      ? [{ Value: row.phone_number, Type: 'work', Primary: true }]
      : undefined,
    ...otherAttributes,
    UserStatus: row.active === 1 ? 'ENABLED' : 'DISABLED',
    CreatedAt: toEpochSeconds(row.created_at),
    CreatedBy: row.created_by,
    UpdatedAt: toEpochSeconds(row.updated_at),
    UpdatedBy: row.updated_by,
  };
}

export const userOperations = [
  listUsers,
  describeUserOperation,
  getUserId,
  createUser,
  deleteUser,
];
