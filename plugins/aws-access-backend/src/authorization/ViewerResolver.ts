import {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { PersonDirectory } from '../people/PersonDirectory';
import { RememberingPersonDirectory } from '../people/RememberingPersonDirectory';
import { Caller, Role } from './Viewer';

const ROLES: readonly Role[] = ['admin', 'auditor', 'operator', 'security'];

/**
 * Finds out who calls. Only users: a service token stands for nobody who could
 * be asked later (security rule 12). Memberships are the catalog's, because
 * those in a token are as old as the sign-in.
 */
export class ViewerResolver {
  readonly #httpAuth: HttpAuthService;
  readonly #directory: PersonDirectory;
  readonly #roles: AwsAccessConfig['roles'];

  constructor(options: {
    httpAuth: HttpAuthService;
    directory: PersonDirectory;
    roles: AwsAccessConfig['roles'];
  }) {
    this.#httpAuth = options.httpAuth;
    this.#directory = options.directory;
    this.#roles = options.roles;
  }

  /** @throws AuthenticationError or NotAllowedError when no user calls */
  async resolve(
    request: Parameters<HttpAuthService['credentials']>[0],
  ): Promise<Caller> {
    return this.resolveUser(
      await this.#httpAuth.credentials(request, { allow: ['user'] }),
    );
  }

  /** For doors that have the credentials of a user already. */
  async resolveUser(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Caller> {
    const { userEntityRef, actor } = credentials.principal;
    const directory = new RememberingPersonDirectory(this.#directory);
    const person = await directory.findPerson(userEntityRef);
    const teams = person?.teams ?? [];
    const holds = (refs: string[]) =>
      refs.includes(userEntityRef) || refs.some(ref => teams.includes(ref));
    return {
      userRef: userEntityRef,
      displayName: person?.displayName ?? userEntityRef,
      entraUserId: person?.entraUserId ?? null,
      teams,
      roles: new Set(ROLES.filter(role => holds(this.#roles[role]))),
      actor: actor?.subject ?? null,
      credentials,
      directory,
    };
  }
}
