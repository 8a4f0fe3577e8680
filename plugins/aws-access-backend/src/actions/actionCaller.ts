import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { Caller } from '../authorization/Viewer';
import { PRODUCT_ACTOR } from '../requests/productActor';
import { ActionOptions } from './ActionOptions';

/**
 * The person for whom an action runs. Something acts for them, always: what it
 * files is marked so, and approved by no rule that does not say it (security
 * rules 10 and 11).
 *
 * @throws NotAllowedError when no person has set it off
 */
export async function actionCaller(
  { auth, viewers }: Pick<ActionOptions, 'auth' | 'viewers'>,
  credentials: BackstageCredentials,
): Promise<Caller> {
  if (!auth.isPrincipal(credentials, 'user')) {
    throw new NotAllowedError(
      'AWS access is asked for by people. Run this as a signed-in user.',
    );
  }
  const caller = await viewers.resolveUser(credentials);
  return { ...caller, actor: caller.actor ?? PRODUCT_ACTOR };
}
