import { randomUUID } from 'crypto';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody, referencedId } from '../protocol/parseBody';
import {
  Mutation,
  recordMutation,
  trackChange,
  trackMember,
} from '../protocol/recordMutation';
import { visibleFrom } from '../protocol/visibility';
import { answerObject } from '../query/answerObjects';
import type { GraphObject } from '../query/GraphType';
import { addMembers } from './groupMembers';
import { addOwners } from './groupOwners';
import {
  demandSecurityGroup,
  groupChanges,
  groupCreation,
  MAXIMUM_BINDINGS,
} from './groupInput';
import { mayChangeGroup, mayChangeMembers } from './groupRights';
import { GroupRow, groupType, requireGroup, toGroup } from './groups';

const createRights = [
  'Group.Create',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];

const record = (
  call: GraphCall,
  verb: 'Add' | 'Update' | 'Delete',
  group: GraphObject,
  changed: Record<string, unknown> = {},
) => {
  trackChange(call, 'group', group.id);
  recordMutation(call, {
    activity: `${verb} group`,
    category: 'GroupManagement',
    operation: verb satisfies Mutation['operation'],
    targets: [
      {
        type: 'Group',
        id: group.id,
        displayName: group.displayName,
        modified: Object.entries(changed).map(([displayName, newValue]) => ({
          displayName,
          oldValue: verb === 'Add' ? undefined : group[displayName],
          newValue,
        })),
      },
    ],
  });
};

function demandReadable(call: GraphCall, ids: string[]): void {
  const { permissions, servicePrincipalId } = call.caller;
  const mayRead = ['User.Read.All', 'Directory.Read.All', 'User.ReadWrite.All'];
  // An application that may create groups can bind itself, and others only if it may read them.
  if (
    ids.some(id => id !== servicePrincipalId) &&
    !mayRead.some(name => permissions.has(name))
  ) {
    throw GraphError.denied();
  }
}

function createGroup(call: GraphCall, uniqueName?: string): GraphAnswer {
  const { store, clock } = call.context;
  const input = parseBody(groupCreation, call.body);
  demandSecurityGroup(input);
  const name = uniqueName ?? input.uniqueName;
  if (
    name &&
    store.get('SELECT 1 FROM entra_groups WHERE unique_name = ?', [name])
  ) {
    throw GraphError.badRequest(
      'Another object with the same value for property uniqueName already exists.',
    );
  }
  const members = (input['members@odata.bind'] ?? []).map(referencedId);
  const owners = (input['owners@odata.bind'] ?? []).map(referencedId);
  if (members.length + owners.length > MAXIMUM_BINDINGS) {
    throw GraphError.badRequest(
      `At most ${MAXIMUM_BINDINGS} relationships can be added as part of group creation.`,
    );
  }
  demandReadable(call, [...members, ...owners]);
  const id = randomUUID();
  const now = clock.now();
  return store.transaction(() => {
    store.insert('entra_groups', {
      id,
      display_name: input.displayName,
      description: input.description,
      unique_name: name,
      mail_nickname: input.mailNickname,
      group_types_json: JSON.stringify(input.groupTypes ?? []),
      is_assignable_to_role: input.isAssignableToRole ? 1 : 0,
      membership_rule: input.membershipRule,
      attributes_json: JSON.stringify(
        input.visibility ? { visibility: input.visibility } : {},
      ),
      created_at: now,
      updated_at: now,
      visible_at: visibleFrom(call.context),
    });
    const group = toGroup(
      store.get<GroupRow>('SELECT * FROM entra_groups WHERE id = ?', [id])!,
    );
    record(call, 'Add', group, {
      displayName: input.displayName,
      description: input.description ?? undefined,
    });
    addOwners(call, group, owners);
    addMembers(call, group, members);
    return answerObject(call, groupType, group, { status: 201 });
  });
}

function updateGroup(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const group = requireGroup(call);
  const input = parseBody(groupChanges, call.body);
  const { 'members@odata.bind': members = [], ...properties } = input;
  if (properties['owners@odata.bind']) {
    throw GraphError.badRequest('Owners are added through owners/$ref.');
  }
  if (Object.keys(properties).length > 0) {
    mayChangeGroup(call, group);
  }
  if (members.length > 0) {
    mayChangeMembers(call, group);
  }
  demandSecurityGroup(properties);
  if (
    'isAssignableToRole' in properties ||
    (properties.uniqueName !== undefined &&
      properties.uniqueName !== group.uniqueName)
  ) {
    throw GraphError.badRequest(
      'The property is immutable and cannot be changed after creation.',
    );
  }
  store.transaction(() => {
    addMembers(call, group, members.map(referencedId));
    store.run(
      `UPDATE entra_groups SET display_name = ?, description = ?, mail_nickname = ?, membership_rule = ?, updated_at = ?
       WHERE id = ?`,
      [
        properties.displayName ?? String(group.displayName),
        properties.description === undefined
          ? (group.description as string | null)
          : properties.description,
        properties.mailNickname ?? String(group.mailNickname),
        properties.membershipRule === undefined
          ? (group.membershipRule as string | null)
          : properties.membershipRule,
        clock.now(),
        String(group.id),
      ],
    );
    if (Object.keys(properties).length > 0) {
      record(call, 'Update', group, properties);
    }
  });
  return { status: 204 };
}

function upsertGroup(call: GraphCall): GraphAnswer {
  const { uniqueName } = call.parameters;
  const exists = call.context.store.get(
    'SELECT 1 FROM entra_groups WHERE unique_name = ? AND deleted_at IS NULL',
    [uniqueName],
  );
  const wanted = (call.headers.prefer ?? '').split(/\s*[,;]\s*/);
  if (exists || !wanted.includes('create-if-missing')) {
    return updateGroup(call);
  }
  if (!createRights.some(name => call.caller.permissions.has(name))) {
    throw GraphError.denied();
  }
  return createGroup(call, uniqueName);
}

/** A deleted group stays in the recycle bin; its assignments to applications end at once. */
function deleteGroup(call: GraphCall): GraphAnswer {
  const { store, clock } = call.context;
  const group = requireGroup(call);
  mayChangeGroup(call, group);
  store.transaction(() => {
    // The unique name is free again, as its column must be.
    store.run(
      'UPDATE entra_groups SET deleted_at = ?, unique_name = NULL WHERE id = ?',
      [clock.now(), String(group.id)],
    );
    store.run('DELETE FROM entra_app_role_assignments WHERE principal_id = ?', [
      String(group.id),
    ]);
    for (const { group_id: outer } of store.all<{ group_id: string }>(
      'SELECT group_id FROM entra_group_members WHERE member_id = ?',
      [String(group.id)],
    )) {
      trackMember(call, outer, { id: group.id, kind: 'group' });
    }
    store.run('DELETE FROM entra_group_members WHERE member_id = ?', [
      String(group.id),
    ]);
    record(call, 'Delete', group);
  });
  return { status: 204 };
}

/** Groups of the tenant, the writing side. */
export const groupWriteRoutes: GraphRoute[] = [
  {
    method: 'POST',
    path: '/groups',
    permissions: createRights,
    handle: call => createGroup(call),
  },
  {
    method: 'PATCH',
    path: "/groups(uniqueName='{uniqueName}')",
    permissions: [],
    handle: upsertGroup,
  },
  {
    method: 'PATCH',
    path: '/groups/{id}',
    permissions: [],
    handle: updateGroup,
  },
  {
    method: 'DELETE',
    path: '/groups/{id}',
    permissions: [],
    handle: deleteGroup,
  },
];
