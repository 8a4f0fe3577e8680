import {
  AccessFor,
  AccountScope,
  buildAccessChanges,
  Change,
  newPermissionSetArn,
} from 'backstage-plugin-aws-access-common';
import { toPermissionSetDocument } from './permissionSetDesign';
import { AccountsChoice, permissionSetKey, Wish } from './wishes';

/** For whom and by whom the wishes are. */
export interface WishContext {
  /** Ref of the team; empty while none is chosen. */
  team: string;
  /** Ref of the person who gets what is asked for "myself". */
  requester: string;
  /** All wishes of the request, which may refer to each other. */
  wishes: readonly Wish[];
}

/**
 * The changes that one wish asks for. It does not validate: the wire schema
 * and the backend do.
 */
export function buildChanges(wish: Wish, context: WishContext): Change[] {
  const people = peopleOf(wish, context);
  const permissionSet = { arn: wish.permissionSet ?? '' };
  const accessGroup = { entraGroupId: wish.accessGroup ?? '' };
  const accounts = {
    kind: 'named' as const,
    accountIds: wish.accounts.accountIds,
  };
  switch (wish.kind) {
    case 'access':
      return buildAccessChanges({
        ...context,
        for: accessFor(wish),
        permissionSet: referTo(permissionSet.arn, context.wishes),
        accountIds: accounts.accountIds,
        scope: toScope(wish.accounts),
        key: accessKey(wish, context.wishes),
      });
    case 'membership':
      return [{ kind: 'membership', accessGroup, people }];
    case 'elevation':
      return [{ kind: 'elevation', people, permissionSet, accounts }];
    case 'permissionSet':
      return [
        {
          kind: 'permissionSet',
          key: permissionSetKey(wish),
          ...(wish.changesSet && { arn: wish.changedSet }),
          document: toPermissionSetDocument(wish.design),
        },
      ];
    case 'adoption':
      return [
        wish.adoption === 'accessGroup'
          ? { kind: 'adoptAccessGroup', accessGroup }
          : { kind: 'adoptPermissionSet', permissionSet },
      ];
    default:
      return [buildRemoval()];
  }

  function buildRemoval(): Change {
    switch (wish.removal) {
      case 'assignment':
        return {
          kind: 'removeAssignment',
          accessGroup,
          permissionSet,
          accounts,
        };
      case 'membership':
        return { kind: 'removeMembership', accessGroup, people };
      case 'elevation':
        return { kind: 'removeElevation', people, permissionSet, accounts };
      case 'accessGroup':
        return { kind: 'removeAccessGroup', accessGroup };
      default:
        return { kind: 'removePermissionSet', permissionSet };
    }
  }
}

/** The scope that a choice describes; undefined = accounts by their ids. */
function toScope(choice: AccountsChoice): AccountScope | undefined {
  const maxAccounts = choice.maxAccounts ?? 0;
  switch (choice.kind) {
    case 'organizationalUnit':
      return {
        kind: 'organizationalUnit',
        id: choice.organizationalUnit ?? '',
        maxAccounts,
      };
    case 'tag':
      return {
        kind: 'tag',
        key: choice.tagKey,
        value: choice.tagValue,
        maxAccounts,
      };
    case 'all':
      return { kind: 'all', maxAccounts };
    default:
      return undefined;
  }
}

function peopleOf(wish: Wish, { requester }: WishContext): string[] {
  return wish.audience === 'people' ? wish.people : [requester];
}

function accessFor(wish: Wish): AccessFor {
  switch (wish.audience) {
    case 'team':
      return 'team';
    case 'people':
      return wish.people;
    default:
      return 'me';
  }
}

/** Undefined for the first: a simple request looks as it always has. */
function accessKey(wish: Wish, wishes: readonly Wish[]): string | undefined {
  const index = wishes
    .filter(({ kind }) => kind === 'access')
    .findIndex(({ id }) => id === wish.id);
  return index > 0 ? `access-${index + 1}` : undefined;
}

function referTo(arn: string, wishes: readonly Wish[]) {
  const made = wishes.find(
    wish =>
      wish.kind === 'permissionSet' &&
      newPermissionSetArn(permissionSetKey(wish)) === arn,
  );
  return made ? { change: permissionSetKey(made) } : arn;
}
