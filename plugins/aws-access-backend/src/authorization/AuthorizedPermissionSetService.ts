import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  ParsedCheckPermissionSetInput,
  PermissionSetQuery,
} from 'backstage-plugin-aws-access-common';
import { PermissionSetService } from '../permissionSets/PermissionSetService';
import { RateCap } from '../requests/filing/RateCap';
import { requireReader } from './requireReader';
import { Caller } from './Viewer';

/**
 * What a permission set grants is for everybody whom the catalog knows: nobody
 * could choose one otherwise. Who has it, and which requests are about it, is
 * for whom it concerns (security rule 29); the service asks for that itself.
 */
export class AuthorizedPermissionSetService implements PermissionSetService {
  readonly #service: PermissionSetService;
  readonly #permissions: PermissionsService;
  readonly #checks: RateCap;

  constructor(options: {
    service: PermissionSetService;
    permissions: PermissionsService;
    /** How often a person may have one checked. */
    checks: RateCap;
  }) {
    this.#service = options.service;
    this.#permissions = options.permissions;
    this.#checks = options.checks;
  }

  /** @throws NotAllowedError for who may not read the inventory */
  async get(query: PermissionSetQuery, caller: Caller) {
    await requireReader(this.#permissions, caller);
    return this.#service.get(query, caller);
  }

  /** @throws NotAllowedError for who may not read the inventory */
  async listUses(caller: Caller) {
    await requireReader(this.#permissions, caller);
    return this.#service.listUses(caller);
  }

  /** @throws TooManyRequestsError when the caller has used up their minute */
  async check(input: ParsedCheckPermissionSetInput, caller: Caller) {
    await requireReader(this.#permissions, caller);
    await this.#checks.count(caller.userRef);
    return this.#service.check(input, caller);
  }
}
