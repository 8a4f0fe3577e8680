import { randomUUID } from 'crypto';
import type { GraphCall } from './GraphCall';

/** An object that a change was made to, as the audit log tells it. */
export type MutationTarget = {
  type:
    | 'User'
    | 'Group'
    | 'Application'
    | 'ServicePrincipal'
    | 'Policy'
    | 'Other';
  id: unknown;
  displayName?: unknown;
  userPrincipalName?: unknown;
  /** What changed, with the values as they are in JSON. */
  modified?: { displayName: string; oldValue?: unknown; newValue?: unknown }[];
};

/** A change of the directory. */
export type Mutation = {
  /** As the audit log names it, such as `Add member to group`. */
  activity: string;
  category:
    | 'UserManagement'
    | 'GroupManagement'
    | 'ApplicationManagement'
    | 'ProvisioningManagement'
    | 'Policy';
  operation: 'Add' | 'Update' | 'Delete' | 'Assign' | 'Unassign';
  targets: MutationTarget[];
};

/** Types of objects whose changes delta queries tell. */
export type TrackedType = 'user' | 'group' | 'application' | 'servicePrincipal';

const json = (value: unknown) =>
  value === undefined ? null : JSON.stringify(value);

function initiatedBy({ context, caller }: GraphCall): object {
  const { store } = context;
  if (caller.userId) {
    const user = store.get<{ id: string; name: string; upn: string }>(
      'SELECT id, display_name AS name, user_principal_name AS upn FROM entra_users WHERE id = ?',
      [caller.userId],
    );
    return {
      app: null,
      user: {
        id: caller.userId,
        displayName: user?.name ?? null,
        userPrincipalName: user?.upn ?? null,
        ipAddress: '127.0.0.1',
      },
    };
  }
  const app = store.get<{ app_id: string; display_name: string }>(
    'SELECT app_id, display_name FROM entra_service_principals WHERE id = ?',
    [caller.servicePrincipalId],
  );
  return {
    user: null,
    app: {
      // The log leaves the application id out, as Entra does; the service principal tells who it was.
      appId: null,
      displayName: app?.display_name ?? null,
      servicePrincipalId: caller.servicePrincipalId,
      servicePrincipalName: null,
    },
  };
}

/** Writes a change of the directory into the audit log, with who made it. */
export function recordMutation(call: GraphCall, mutation: Mutation): void {
  const { store, clock } = call.context;
  store.insert('entra_directory_audits', {
    id: `Directory_${randomUUID()}`,
    happened_at: clock.now(),
    activity: mutation.activity,
    category: mutation.category,
    operation_type: mutation.operation,
    correlation_id: randomUUID(),
    initiated_by_json: JSON.stringify(initiatedBy(call)),
    targets_json: JSON.stringify(
      mutation.targets.map(target => ({
        id: target.id ?? null,
        displayName: target.displayName ?? null,
        type: target.type,
        userPrincipalName: target.userPrincipalName ?? null,
        groupType: target.type === 'Group' ? 'azureAD' : null,
        modifiedProperties: (target.modified ?? []).map(property => ({
          displayName: property.displayName,
          oldValue: json(property.oldValue),
          newValue: json(property.newValue),
        })),
      })),
    ),
  });
}

/** Notes for delta queries that an object came, changed or went. */
export function trackChange(
  { context }: GraphCall,
  type: TrackedType,
  id: unknown,
): void {
  context.store.insert('entra_changes', {
    object_type: type,
    object_id: String(id),
  });
}

/** Notes for delta queries that a member came or went. */
export function trackMember(
  { context }: GraphCall,
  groupId: unknown,
  member: { id: unknown; kind: string },
): void {
  context.store.insert('entra_changes', {
    object_type: 'group',
    object_id: String(groupId),
    member_id: String(member.id),
    member_type: member.kind,
  });
}
