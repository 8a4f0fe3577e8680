import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { awsAccessRequestReadPermission } from 'backstage-plugin-aws-access-common';
import { PolicyService, SimulationInput } from '../simulation/PolicyService';
import { requirePermission } from './requirePermission';
import { Caller, readsEverything } from './Viewer';

/**
 * The rules, and what they say of somebody else's access, are for those who may
 * read everything: a simulation shows what it rests on (security rule 29).
 */
export class AuthorizedPolicyService implements PolicyService {
  readonly #service: PolicyService;
  readonly #permissions: PermissionsService;

  constructor(service: PolicyService, permissions: PermissionsService) {
    this.#service = service;
    this.#permissions = permissions;
  }

  async describe(caller: Caller) {
    await this.#demand(caller);
    return this.#service.describe(caller);
  }

  async simulate(input: SimulationInput, caller: Caller) {
    await this.#demand(caller);
    return this.#service.simulate(input, caller);
  }

  async #demand(caller: Caller) {
    if (!readsEverything(caller)) {
      throw new NotAllowedError(
        'The policy is for the roles admin, auditor and security of awsAccess.roles.',
      );
    }
    await requirePermission(
      this.#permissions,
      awsAccessRequestReadPermission,
      caller,
    );
  }
}
