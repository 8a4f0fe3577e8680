import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizePermissionRequest,
  AuthorizeResult,
  PolicyDecision,
  QueryPermissionRequest,
} from '@backstage/plugin-permission-common';

type Query = QueryPermissionRequest | AuthorizePermissionRequest;

/** The decision that allows or denies. */
export function allows(isAllowed: boolean): PolicyDecision {
  return { result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
}

/**
 * A portal's policy that allows everything.
 *
 * @param decide - but for what it says
 */
export function policyOf(
  decide: (query: Query) => PolicyDecision | undefined = () => undefined,
): PermissionsService {
  const answer = async (queries: Query[]) =>
    queries.map(query => decide(query) ?? allows(true));
  return {
    authorize: answer as PermissionsService['authorize'],
    authorizeConditional: answer,
  };
}
