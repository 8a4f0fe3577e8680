import { AccountScope } from 'backstage-plugin-aws-access-common';
import { emptyDesign, PermissionSetDesign } from './permissionSetDesign';

/** What a person may ask for, one of them a wish. */
export const WISH_KINDS = [
  'access',
  'membership',
  'elevation',
  'permissionSet',
  'removal',
  'adoption',
] as const;

/** One of {@link WISH_KINDS}. */
export type WishKind = (typeof WISH_KINDS)[number];

/** What may be given back or removed. */
export const REMOVAL_KINDS = [
  'assignment',
  'membership',
  'elevation',
  'accessGroup',
  'permissionSet',
] as const;

/** One of {@link REMOVAL_KINDS}. */
export type RemovalKind = (typeof REMOVAL_KINDS)[number];

/** What of somebody else's may be taken under management. */
export const ADOPTION_KINDS = ['accessGroup', 'permissionSet'] as const;

/** One of {@link ADOPTION_KINDS}. */
export type AdoptionKind = (typeof ADOPTION_KINDS)[number];

/** For whom a wish is. */
export type RequestAudience = 'myself' | 'people' | 'team';

/** Named accounts, or where accounts are that come and go. */
export interface AccountsChoice {
  kind: AccountScope['kind'];
  accountIds: string[];
  organizationalUnit: string | undefined;
  tagKey: string;
  tagValue: string;
  /** The ceiling of a scope. */
  maxAccounts: number | undefined;
}

/**
 * One thing that is asked for. It keeps all fields whatever its kind, so that
 * somebody who tries another kind loses nothing of what they chose.
 */
export interface Wish {
  /** Tells the wishes of one form apart. */
  id: string;
  kind: WishKind;
  audience: RequestAudience;
  /** Refs of the people, when the audience is `people`. */
  people: string[];
  accounts: AccountsChoice;
  /** ARN, or `newPermissionSetArn` of one that the same request makes. */
  permissionSet: string | undefined;
  /** Entra object id. */
  accessGroup: string | undefined;
  removal: RemovalKind;
  adoption: AdoptionKind;
  /** A permission set that exists is changed, rather than a new one made. */
  changesSet: boolean;
  /** ARN of the permission set to change, once it is chosen. */
  changedSet: string | undefined;
  design: PermissionSetDesign;
}

/** How many accounts a scope may hold, until somebody says otherwise. */
const USUAL_CEILING = 10;

/** A wish in which nothing is chosen yet. */
export function emptyWish(id: string, kind: WishKind = 'access'): Wish {
  return {
    id,
    kind,
    audience: 'myself',
    people: [],
    accounts: {
      kind: 'named',
      accountIds: [],
      organizationalUnit: undefined,
      tagKey: '',
      tagValue: '',
      maxAccounts: USUAL_CEILING,
    },
    permissionSet: undefined,
    accessGroup: undefined,
    removal: 'assignment',
    adoption: 'accessGroup',
    changesSet: false,
    changedSet: undefined,
    design: emptyDesign,
  };
}

/** The key under which other wishes refer to the permission set of this one. */
export function permissionSetKey(wish: Wish): string {
  return `set-${wish.id}`;
}

/**
 * Whether a request of these wishes may, must or must not have an end: an
 * elevation must, and nobody can end a removal, the change of a permission set
 * that others have, or that something is looked after here.
 */
export type TimeRule = 'free' | 'temporary' | 'lasting' | 'mixed';

/** The {@link TimeRule} of all wishes together. */
export function getTimeRule(wishes: readonly Wish[]): TimeRule {
  const isTemporary = wishes.some(({ kind }) => kind === 'elevation');
  const isLasting = wishes.some(
    ({ kind, changesSet }) =>
      kind === 'removal' ||
      kind === 'adoption' ||
      (kind === 'permissionSet' && changesSet),
  );
  if (isTemporary && isLasting) return 'mixed';
  if (isTemporary) return 'temporary';
  return isLasting ? 'lasting' : 'free';
}

/**
 * How long, until somebody says otherwise: an hour for rights beyond the usual
 * ones, a month in a group, no end for what is a permission set alone, which
 * would be removed with its end, else a working day.
 *
 * @returns ISO-8601; null = standing
 */
export function usualDuration(wishes: readonly Wish[]): string | null {
  if (
    wishes.length > 0 &&
    wishes.every(({ kind }) => kind === 'permissionSet')
  ) {
    return null;
  }
  if (wishes.some(({ kind }) => kind === 'elevation')) return 'PT1H';
  return wishes.every(({ kind }) => kind === 'membership') ? 'P30D' : 'PT8H';
}
