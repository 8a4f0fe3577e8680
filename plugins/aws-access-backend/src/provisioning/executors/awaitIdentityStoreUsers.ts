import { inputOf, StepExecutor } from '../running/StepExecutor';
import { findStoreUsers, sayUnknown } from './findStoreUsers';
import { waitForScim } from './waitForScim';

/**
 * AWS knows the people. A person is the user whose ExternalId is the Entra id
 * that we have: names prove nothing (security rule 13).
 */
export const awaitIdentityStoreUsers: StepExecutor = async context => {
  const { members } = inputOf(context, 'awaitIdentityStoreUsers');
  const { storeUserIds, unknown } = await findStoreUsers(context, members);
  return unknown.length === 0
    ? { kind: 'done', result: { storeUserIds } }
    : waitForScim(context, sayUnknown(unknown), { storeUserIds });
};
