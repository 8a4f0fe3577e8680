import { randomUUID } from 'crypto';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import {
  recordMutation,
  trackChange,
  trackMember,
} from '../protocol/recordMutation';
import { visibleFrom } from '../protocol/visibility';
import { answerObject } from '../query/answerObjects';
import type { GraphObject } from '../query/GraphType';
import { toUserColumns, userChanges, userCreation } from './userInput';
import { requireUser, toUser, UserRow, userType } from './users';

const writeUsers = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];

function demandName({ context }: GraphCall, name: string, id = ''): void {
  const domain = name.split('@')[1].toLowerCase();
  if (
    !context.store.get('SELECT 1 FROM entra_tenant WHERE default_domain = ?', [
      domain,
    ])
  ) {
    throw GraphError.badRequest(
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    );
  }
  // The name stays taken while its user is in the recycle bin of the sandbox.
  if (
    context.store.get(
      'SELECT 1 FROM entra_users WHERE user_principal_name = ? AND id <> ?',
      [name, id],
    )
  ) {
    throw GraphError.badRequest(
      'Another object with the same value for property userPrincipalName already exists.',
    );
  }
}

function createUser(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const input = parseBody(userCreation, call.body);
  if (!input.passwordProfile.password) {
    throw GraphError.badRequest(
      'The specified password does not comply with password complexity requirements. Please provide a different password.',
    );
  }
  demandName(call, input.userPrincipalName);
  const id = randomUUID();
  store.insert('entra_users', {
    id,
    ...toUserColumns(input, {}),
    created_at: clock.now(),
    visible_at: visibleFrom(call.context),
  });
  trackChange(call, 'user', id);
  recordMutation(call, {
    activity: 'Add user',
    category: 'UserManagement',
    operation: 'Add',
    targets: [
      {
        type: 'User',
        id,
        displayName: input.displayName,
        userPrincipalName: input.userPrincipalName,
      },
    ],
  });
  const row = store.get<UserRow>('SELECT * FROM entra_users WHERE id = ?', [
    id,
  ])!;
  return answerObject(call, userType, toUser(row), { status: 201 });
}

const target = ({ id, displayName, userPrincipalName }: GraphObject) => ({
  id,
  displayName,
  userPrincipalName,
});

function updateUser(call: GraphCall): GraphAnswer {
  const { store } = call.context;
  const user = requireUser(call);
  const input = parseBody(userChanges, call.body);
  if (input.userPrincipalName) {
    demandName(call, input.userPrincipalName, String(user.id));
  }
  const { attributes_json: before } = store.get<UserRow>(
    'SELECT * FROM entra_users WHERE id = ?',
    [String(user.id)],
  )!;
  const row = toUserColumns(input, JSON.parse(before));
  store.run(
    `UPDATE entra_users SET ${Object.keys(row)
      .map(column => `${column} = ?`)
      .join(', ')} WHERE id = ?`,
    [...Object.values(row), String(user.id)],
  );
  trackChange(call, 'user', user.id);
  const { passwordProfile, passwordPolicies: _, ...told } = input;
  recordMutation(call, {
    activity:
      input.accountEnabled === false && user.accountEnabled
        ? 'Disable account'
        : 'Update user',
    category: 'UserManagement',
    operation: 'Update',
    targets: [
      {
        type: 'User',
        ...target(user),
        modified: [
          ...Object.entries(told).map(([displayName, newValue]) => ({
            displayName,
            oldValue: user[displayName],
            newValue,
          })),
          ...(passwordProfile ? [{ displayName: 'PasswordProfile' }] : []),
        ],
      },
    ],
  });
  return { status: 204 };
}

/** A deleted user is out of all groups and assignments at once. */
function deleteUser(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const user = requireUser(call);
  const id = String(user.id);
  for (const { group_id: groupId } of store.all<{ group_id: string }>(
    'SELECT group_id FROM entra_group_members WHERE member_id = ?',
    [id],
  )) {
    trackMember(call, groupId, { id, kind: 'user' });
  }
  store.run('DELETE FROM entra_group_members WHERE member_id = ?', [id]);
  store.run('DELETE FROM entra_group_owners WHERE owner_id = ?', [id]);
  store.run('DELETE FROM entra_app_role_assignments WHERE principal_id = ?', [
    id,
  ]);
  store.run('UPDATE entra_users SET deleted_at = ? WHERE id = ?', [
    clock.now(),
    id,
  ]);
  trackChange(call, 'user', id);
  recordMutation(call, {
    activity: 'Delete user',
    category: 'UserManagement',
    operation: 'Delete',
    targets: [{ type: 'User', ...target(user) }],
  });
  return { status: 204 };
}

/** People of the tenant, the writing side: joiners, movers and leavers. */
export const userWriteRoutes: GraphRoute[] = [
  {
    method: 'POST',
    path: '/users',
    permissions: writeUsers,
    handle: createUser,
  },
  {
    method: 'PATCH',
    path: '/users/{id}',
    permissions: writeUsers,
    handle: updateUser,
  },
  {
    method: 'DELETE',
    path: '/users/{id}',
    permissions: writeUsers,
    handle: deleteUser,
  },
];
