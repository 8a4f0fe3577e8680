import { IdentityApi } from '@backstage/frontend-plugin-api';
import { forgetChosenPerson } from './chosenPerson';

/** The same identity; signing out also forgets whom this tab had chosen. */
export function forgetOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      forgetChosenPerson();
      await identity.signOut();
    },
  };
}
