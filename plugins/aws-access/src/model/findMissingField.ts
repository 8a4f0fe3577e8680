import { countPolicyCharacters } from 'backstage-plugin-aws-access-common';
import { RequestFormValues } from './buildRequestInput';
import { getTimeRule, Wish } from './wishes';

/** The first field that still keeps the form from being filed. */
export type MissingField =
  | 'team'
  | 'people'
  | 'accounts'
  | 'organizationalUnit'
  | 'tag'
  | 'ceiling'
  | 'permissionSet'
  | 'accessGroup'
  | 'name'
  | 'policy'
  | 'mixedTimes'
  | 'duration'
  | 'end'
  | 'justification';

/** A missing field, and the wish that it belongs to. */
export interface Missing {
  field: MissingField;
  /** Index of the wish; undefined = of the request as a whole. */
  wish?: number;
}

/** Which field a person should fill in next; undefined when none is missing. */
export function findMissingField(
  values: RequestFormValues,
): Missing | undefined {
  if (!values.team) return { field: 'team' };
  for (const [index, wish] of values.wishes.entries()) {
    const field = findMissingInWish(wish);
    if (field) return { field, wish: index };
  }
  const time = findMissingTime(values);
  if (time) return { field: time };
  if (!values.justification.trim()) return { field: 'justification' };
  return undefined;
}

function findMissingTime(values: RequestFormValues): MissingField | undefined {
  const rule = getTimeRule(values.wishes);
  if (rule === 'mixed') return 'mixedTimes';
  if (rule === 'lasting') return undefined;
  if (values.duration === undefined) return 'duration';
  return rule === 'temporary' && values.duration === null ? 'end' : undefined;
}

function findMissingInWish(wish: Wish): MissingField | undefined {
  const people =
    wish.audience === 'people' && wish.people.length === 0
      ? 'people'
      : undefined;
  const named =
    wish.accounts.accountIds.length === 0 ? ('accounts' as const) : undefined;
  const permissionSet = wish.permissionSet
    ? undefined
    : ('permissionSet' as const);
  const accessGroup = wish.accessGroup ? undefined : ('accessGroup' as const);
  switch (wish.kind) {
    case 'access':
      return people ?? findMissingAccounts(wish) ?? permissionSet;
    case 'membership':
      return accessGroup ?? people;
    case 'elevation':
      return people ?? named ?? permissionSet;
    case 'permissionSet':
      if (wish.changesSet && !wish.changedSet) return 'permissionSet';
      if (!wish.design.name.trim()) return 'name';
      return isJsonOrEmpty(wish.design.inlinePolicy) ? undefined : 'policy';
    case 'adoption':
      return wish.adoption === 'accessGroup' ? accessGroup : permissionSet;
    default:
      break;
  }
  switch (wish.removal) {
    case 'assignment':
      return accessGroup ?? permissionSet ?? named;
    case 'membership':
      return accessGroup ?? people;
    case 'elevation':
      return people ?? permissionSet ?? named;
    case 'accessGroup':
      return accessGroup;
    default:
      return permissionSet;
  }
}

function findMissingAccounts({ accounts }: Wish): MissingField | undefined {
  if (accounts.kind === 'named') {
    return accounts.accountIds.length === 0 ? 'accounts' : undefined;
  }
  if (accounts.kind === 'organizationalUnit' && !accounts.organizationalUnit) {
    return 'organizationalUnit';
  }
  if (
    accounts.kind === 'tag' &&
    !(accounts.tagKey.trim() && accounts.tagValue.trim())
  ) {
    return 'tag';
  }
  return accounts.maxAccounts ? undefined : 'ceiling';
}

/** Half a policy is no reason to ask for a plan. */
function isJsonOrEmpty(text: string): boolean {
  if (countPolicyCharacters(text) === 0) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
