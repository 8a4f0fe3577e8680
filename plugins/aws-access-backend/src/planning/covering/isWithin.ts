import { PlanObject } from 'backstage-plugin-aws-access-common';
import canonicalize from 'canonicalize';
import {
  accessGroupDocumentSchema,
  scopeDocumentSchema,
} from '../objects/planDocuments';

/**
 * Whether what a plan does with an object goes no further than what was planned
 * with it. Pure, reflexive and transitive.
 *
 * What is there already meanwhile is within making it so, but not the other way
 * round: nobody agreed to make what was shown as being there.
 */
export function isWithin(object: PlanObject, planned: PlanObject): boolean {
  if (object.kind !== planned.kind) return false;
  switch (object.kind) {
    case 'accessGroup':
      return isSameGroup(object, planned);
    case 'scope':
      return object.action === planned.action && isScopeWithin(object, planned);
    case 'permissionSet':
      return isPermissionSetWithin(object, planned);
    default:
      // Memberships and assignments are all in their key.
      return (
        object.id === planned.id &&
        (object.action === planned.action ||
          (object.action === 'untouched' && planned.action === 'create')) &&
        isSame(object.after, planned.after)
      );
  }
}

/**
 * A group that exists is its id: who is in it shows in gains and losses. A new
 * one is its document, with the same people or fewer.
 */
function isSameGroup(object: PlanObject, planned: PlanObject): boolean {
  if (object.action !== planned.action || object.id !== planned.id) {
    return false;
  }
  if (object.action !== 'create') return true;
  const now = accessGroupDocumentSchema.safeParse(object.after);
  const then = accessGroupDocumentSchema.safeParse(planned.after);
  if (!now.success || !then.success) return isSame(object.after, planned.after);
  const members = new Set(then.data.memberIds);
  return (
    isSame({ ...now.data, memberIds: [] }, { ...then.data, memberIds: [] }) &&
    now.data.memberIds.every(id => members.has(id))
  );
}

/** Both sides of a change were shown, so both have to be the same. */
function isPermissionSetWithin(object: PlanObject, planned: PlanObject) {
  if (object.id !== planned.id) return false;
  const isMade = planned.action !== 'remove' && planned.action !== 'adopt';
  if (object.action === 'untouched' && isMade) {
    return isSame(object.after, planned.after);
  }
  return (
    object.action === planned.action &&
    isSame(object.before, planned.before) &&
    isSame(object.after, planned.after)
  );
}

function isScopeWithin(object: PlanObject, planned: PlanObject): boolean {
  const now = scopeDocumentSchema.safeParse(object.after);
  const then = scopeDocumentSchema.safeParse(planned.after);
  if (!now.success || !then.success) return isSame(object.after, planned.after);
  const ceiling = (scope: object) =>
    'maxAccounts' in scope ? Number(scope.maxAccounts) : 0;
  const accounts = new Set(then.data.accountIds);
  const what = (document: typeof now.data) => ({
    ...document,
    scope: { ...document.scope, maxAccounts: 0 },
    accountIds: [],
    seconds: 0,
  });
  return (
    isSame(what(now.data), what(then.data)) &&
    ceiling(now.data.scope) <= ceiling(then.data.scope) &&
    now.data.seconds <= then.data.seconds &&
    now.data.accountIds.every(id => accounts.has(id))
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalize(one) === canonicalize(other);
}
