import type {
  AccountScope,
  Change,
  Members,
  PermissionSetReference,
} from './wire/changes';

/**
 * For whom access is asked: the requester, everybody in the team, or named
 * people (catalog user refs).
 *
 * @public
 */
export type AccessFor = 'me' | 'team' | string[];

/**
 * The simple form of a request: a permission set on accounts, for people.
 *
 * @public
 */
export interface SimpleAccess {
  /** Catalog ref of the team the request is filed for. */
  team: string;
  /** Catalog ref of the person who files it; who `me` is. */
  requester: string;
  for: AccessFor;
  /**
   * ARN: identity is never the name (security rule 4). Or the key of a
   * permission set that the same request makes.
   */
  permissionSet: string | { change: string };
  /** Accounts by their ids, where no `scope` is given. */
  accountIds: string[];
  /** Accounts by where they are, kept true as they come and go. */
  scope?: AccountScope;
  /** Key of the access group, where a request makes several. */
  key?: string;
}

/** The key under which the assignment refers to the only access group. */
const ACCESS_GROUP_KEY = 'access';

/**
 * Builds the changes that every simple form files: one access group with its
 * members, one assignment of the permission set on the accounts. Pure, and it
 * does not validate: `requestInputSchema` does, for every door alike.
 *
 * @public
 */
export function buildAccessChanges(access: SimpleAccess): Change[] {
  const key = access.key ?? ACCESS_GROUP_KEY;
  return [
    { kind: 'accessGroup', key, members: membersFor(access) },
    {
      kind: 'assignment',
      accessGroup: { change: key },
      permissionSet: permissionSetOf(access),
      accounts: access.scope ?? {
        kind: 'named',
        // Two pickers, or a picker and a default, may name the same thing twice.
        accountIds: [...new Set(access.accountIds)],
      },
    },
  ];
}

/**
 * The field of the simple form that a path in the built changes came from, so
 * that a problem with `changes.1.accounts.accountIds.0` is shown at `accounts`.
 * Returns undefined for paths that do not lie in the built changes.
 *
 * @public
 */
export function getSimpleAccessField(
  path: string,
): 'for' | 'permissionSet' | 'accounts' | undefined {
  if (/^changes\.0(\.|$)/.test(path)) return 'for';
  if (/^changes\.1\.permissionSet(\.|$)/.test(path)) return 'permissionSet';
  if (/^changes\.1\.accounts(\.|$)/.test(path)) return 'accounts';
  return undefined;
}

function membersFor(access: SimpleAccess): Members {
  if (access.for === 'team') return { kind: 'team', team: access.team };
  const people =
    access.for === 'me' ? [access.requester] : [...new Set(access.for)];
  return { kind: 'people', people };
}

function permissionSetOf(access: SimpleAccess): PermissionSetReference {
  return typeof access.permissionSet === 'string'
    ? { arn: access.permissionSet }
    : access.permissionSet;
}
