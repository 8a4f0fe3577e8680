import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AccessQuery,
  AccessResponse,
  awsAccessInventoryReadPermission,
} from 'backstage-plugin-aws-access-common';
import { AccessService } from '../access/AccessService';
import {
  accessNotFound,
  AccessTarget,
  accessTarget,
} from '../access/accessTarget';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { requirePermission } from './requirePermission';
import { Caller, readsEverything } from './Viewer';

/**
 * Whose access one may see (security rule 29): one's own, one's teams', that of
 * the accounts one owns, and everybody's with the role for it. The rest is not
 * found, as if it did not exist.
 */
export class AuthorizedAccessService {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #access: AccessService;
  readonly #accounts: AccountFactsReader;
  readonly #permissions: PermissionsService;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    access: AccessService;
    accounts: AccountFactsReader;
    permissions: PermissionsService;
  }) {
    this.#organizations = options.organizations;
    this.#access = options.access;
    this.#accounts = options.accounts;
    this.#permissions = options.permissions;
  }

  /**
   * @throws InputError, NotFoundError as AccessService does
   * @throws NotAllowedError when the portal's permission policy denies it
   */
  async getAccess(query: AccessQuery, caller: Caller): Promise<AccessResponse> {
    await requirePermission(
      this.#permissions,
      awsAccessInventoryReadPermission,
      caller,
    );
    const target = accessTarget(query);
    if (readsEverything(caller)) return this.#access.getAccess(query);
    if (target.kind === 'permissionSet') {
      const owned = await this.#accounts.listOwnedBy(
        caller.userRef,
        caller.directory,
      );
      if (owned.length === 0) throw accessNotFound(target);
      return this.#access.getAccess(query, new Set(owned));
    }
    if (!(await this.#maySee(target, caller))) throw accessNotFound(target);
    return this.#access.getAccess(query);
  }

  async #maySee(target: AccessTarget, caller: Caller): Promise<boolean> {
    switch (target.kind) {
      case 'user':
        return target.id === caller.userRef;
      case 'team': {
        if (caller.teams.includes(target.id)) return true;
        const team = await caller.directory.findTeam(target.id);
        return team?.leads.includes(caller.userRef) ?? false;
      }
      default:
        for (const organizationId of Object.keys(this.#organizations)) {
          const owned = await this.#accounts.filterOwned(
            organizationId,
            [target.id],
            caller.userRef,
            caller.directory,
          );
          if (owned.length > 0) return true;
        }
        return false;
    }
  }
}
