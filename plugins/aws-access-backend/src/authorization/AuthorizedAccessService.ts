import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AccessGroupsQuery,
  AccessGroupsResponse,
  AccessQuery,
  AccessResponse,
  awsAccessInventoryReadPermission,
} from 'backstage-plugin-aws-access-common';
import { AccessGroupService } from '../access/AccessGroupService';
import { AccessService } from '../access/AccessService';
import {
  accessNotFound,
  AccessTarget,
  accessTarget,
} from '../access/accessTarget';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { groupReachOf } from './groupReachOf';
import { requirePermission } from './requirePermission';
import { requireReader } from './requireReader';
import { Caller, readsEverything } from './Viewer';

/**
 * Whose access one may see (security rule 29): one's own, one's teams', that of
 * the accounts one owns, and everybody's with the role for it. The rest is not
 * found, as if it did not exist.
 */
export class AuthorizedAccessService {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #access: AccessService;
  readonly #groups: AccessGroupService;
  readonly #accounts: AccountFactsReader;
  readonly #permissions: PermissionsService;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    access: AccessService;
    groups: AccessGroupService;
    accounts: AccountFactsReader;
    permissions: PermissionsService;
  }) {
    this.#organizations = options.organizations;
    this.#access = options.access;
    this.#groups = options.groups;
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

  /**
   * The groups whose access the caller may read: those that they are in, their
   * teams', and of others what these have in accounts that they own.
   *
   * @throws InputError when the team is not given as a ref of a group
   * @throws NotFoundError for a team whose access they may not read
   * @throws NotAllowedError for who may not read the inventory
   */
  async listGroups(
    query: AccessGroupsQuery,
    caller: Caller,
  ): Promise<AccessGroupsResponse> {
    await requireReader(this.#permissions, caller);
    const target = query.team ? accessTarget({ team: query.team }) : null;
    const asked = { ...query, ...(target && { team: target.id }) };
    if (readsEverything(caller)) return this.#groups.list(asked);
    if (target && !(await this.#maySee(target, caller))) {
      throw accessNotFound(target);
    }
    return this.#groups.list(asked, await groupReachOf(caller, this.#accounts));
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
