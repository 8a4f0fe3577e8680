import { randomUUID } from 'node:crypto';
import { AwsError } from '../protocol/AwsError';
import type { AwsCall } from '../protocol/AwsService';
import { type Page, type PageRequest, readPage } from '../protocol/pages';

/** A group of the identity store as it is stored. */
export interface GroupRow {
  seq: number;
  group_id: string;
  display_name: string;
  description: string | null;
  external_id_issuer: string | null;
  external_id: string | null;
  created_at: number;
  created_by: string;
  updated_at: number;
  updated_by: string;
}

/** A user of the identity store as it is stored. */
export interface UserRow {
  seq: number;
  user_id: string;
  user_name: string;
  display_name: string | null;
  given_name: string | null;
  family_name: string | null;
  email: string | null;
  phone_number: string | null;
  title: string | null;
  active: number;
  attributes_json: string;
  external_id_issuer: string | null;
  external_id: string | null;
  created_at: number;
  created_by: string;
  updated_at: number;
  updated_by: string;
}

/** A user's membership in a group as it is stored. */
export interface MembershipRow {
  seq: number;
  membership_id: string;
  group_id: string;
  user_id: string;
  created_at: number;
  created_by: string;
}

/** @throws AwsError `ResourceNotFoundException` for any other identity store than the sandbox's own */
export function requireIdentityStore(
  call: AwsCall,
  identityStoreId: string,
): void {
  if (
    !call.context.store.get(
      'SELECT 1 FROM aws_instance WHERE identity_store_id = ?',
      [identityStoreId],
    )
  ) {
    throw AwsError.notFound('IDENTITY_STORE not found.', {
      ResourceType: 'IDENTITY_STORE',
      RequestId: call.requestId,
    });
  }
}

/** @throws AwsError `ResourceNotFoundException` */
export function requireGroup(call: AwsCall, groupId: string): GroupRow {
  return (
    call.context.store.get<GroupRow>(
      'SELECT * FROM identity_store_groups WHERE group_id = ?',
      [groupId],
    ) ?? fail(missing(call, 'GROUP', groupId))
  );
}

/** @throws AwsError `ResourceNotFoundException` */
export function requireUser(call: AwsCall, userId: string): UserRow {
  return (
    call.context.store.get<UserRow>(
      'SELECT * FROM identity_store_users WHERE user_id = ?',
      [userId],
    ) ?? fail(missing(call, 'USER', userId))
  );
}

/** The service's answer for a user, group or membership that does not exist. */
export function missing(
  call: AwsCall,
  type: 'GROUP' | 'USER' | 'GROUP_MEMBERSHIP',
  id?: string,
): AwsError {
  return AwsError.notFound(`${type} not found.`, {
    ResourceType: type,
    ResourceId: id,
    RequestId: call.requestId,
  });
}

/** The service's answer for a name or membership that is taken. */
export function duplicate(call: AwsCall, what: string): AwsError {
  return AwsError.conflict(`Duplicate ${what}.`, {
    Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
    RequestId: call.requestId,
  });
}

/** A new id as Identity Center makes them: the store's own ten digits and a UUID. */
export function newResourceId(identityStoreId: string): string {
  return `${identityStoreId.replace(/^d-/, '')}-${randomUUID()}`;
}

/** One page of an identitystore list: 50 rows unless the caller asks for another number up to 100. */
export function identityStorePage<Row extends { seq: number }>(
  call: AwsCall,
  input: PageRequest,
  read: (after: number, limit: number) => Row[],
): Page<Row> {
  return readPage({
    call,
    input,
    defaultSize: 50,
    read,
    invalidToken: () => AwsError.validation('Invalid NextToken.'),
  });
}

function fail(error: AwsError): never {
  throw error;
}
