import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { toValidationException, parseInput } from '../protocol/parseInput';
import { describeGroup } from './groups';
import {
  duplicate,
  requireGroup,
  requireIdentityStore,
  requireUser,
} from './rows';
import { AttributePath, IdentityStoreId, ResourceId, Text } from './shapes';
import { OtherUserAttributes, userAttributes } from './userAttributes';
import { describeUser, requiredUserAttributes } from './users';

/** An operation replaces an attribute, or removes it when it has no value. */
const Operations = z
  .array(z.object({ AttributePath, AttributeValue: z.unknown().optional() }))
  .min(1)
  .max(100);

type Operation = z.output<typeof Operations>[number];

const groupAttributes = z.object({
  DisplayName: Text.optional(),
  Description: Text.optional(),
});

const updateGroup = defineOperation({
  name: 'UpdateGroup',
  input: z.object({ IdentityStoreId, GroupId: ResourceId, Operations }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    const row = requireGroup(call, input.GroupId);
    const { DisplayName, Description } = applyOperations(
      groupAttributes,
      describeGroup(row, input.IdentityStoreId),
      input.Operations,
    );
    if (!DisplayName) {
      throw AwsError.validation('DisplayName is a required attribute.');
    }
    refuseTaken(call, {
      sql: 'SELECT 1 FROM identity_store_groups WHERE display_name = ? AND group_id <> ?',
      name: DisplayName,
      id: row.group_id,
      what: 'GroupDisplayName',
    });
    call.context.store.run(
      `UPDATE identity_store_groups SET display_name = ?, description = ?, updated_at = ?, updated_by = ?
       WHERE group_id = ?`,
      [
        DisplayName,
        Description ?? null,
        call.now,
        call.caller.principalArn,
        row.group_id,
      ],
    );
    return {};
  },
});

const updateUser = defineOperation({
  name: 'UpdateUser',
  input: z.object({ IdentityStoreId, UserId: ResourceId, Operations }),
  handle(input, call) {
    requireIdentityStore(call, input.IdentityStoreId);
    const row = requireUser(call, input.UserId);
    const changed = applyOperations(
      z.object(userAttributes),
      describeUser(row, input.IdentityStoreId),
      input.Operations,
    );
    const { UserName, DisplayName, Name } = requiredUserAttributes(changed);
    refuseTaken(call, {
      sql: 'SELECT 1 FROM identity_store_users WHERE user_name = ? AND user_id <> ?',
      name: UserName,
      id: row.user_id,
      what: 'UserName',
    });
    call.context.store.run(
      `UPDATE identity_store_users SET user_name = ?, display_name = ?, given_name = ?, family_name = ?, email = ?,
         phone_number = ?, title = ?, attributes_json = ?, updated_at = ?, updated_by = ? WHERE user_id = ?`,
      [
        UserName,
        DisplayName,
        Name.GivenName,
        Name.FamilyName,
        changed.Emails?.[0].Value ?? null,
        changed.PhoneNumbers?.[0].Value ?? null,
        changed.Title ?? null,
        JSON.stringify(OtherUserAttributes.parse(changed)),
        call.now,
        call.caller.principalArn,
        row.user_id,
      ],
    );
    return {};
  },
});

/**
 * Changes attributes by path, such as `displayName` or `name.givenName`.
 *
 * @param current - the object as the service describes it
 * @throws AwsError `ValidationException` for a path or a value that the object does not take
 */
function applyOperations<Schema extends z.ZodObject>(
  schema: Schema,
  current: object,
  operations: Operation[],
): z.output<Schema> {
  const changed: Record<string, unknown> = schema.parse(current);
  for (const { AttributePath: path, AttributeValue: value } of operations) {
    const [first, second, ...deeper] = path
      .split('.')
      .map(part => part.charAt(0).toUpperCase() + part.slice(1));
    const isPartOfName = first === 'Name' && second !== undefined;
    if (
      !Object.hasOwn(schema.shape, first) ||
      (second !== undefined && !isPartOfName) ||
      deeper.length > 0
    ) {
      throw AwsError.validation(`Invalid attribute path: ${path}`);
    }
    changed[first] = isPartOfName
      ? { ...(changed.Name as object | undefined), [second]: value }
      : value;
  }
  const parsed = parseInput(schema, JSON.stringify(changed));
  if (parsed.problems) {
    throw toValidationException(parsed.problems);
  }
  return parsed.input;
}

function refuseTaken(
  call: AwsCall,
  { sql, name, id, what }: Record<'sql' | 'name' | 'id' | 'what', string>,
): void {
  if (call.context.store.get(sql, [name, id])) {
    throw duplicate(call, what);
  }
}

export const updateOperations = [updateGroup, updateUser];
