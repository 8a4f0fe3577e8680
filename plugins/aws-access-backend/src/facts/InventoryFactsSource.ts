import { InventoryPart } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import { InventoryStore } from '../inventory/InventoryStore';
import { FactsSource, KeptScope } from './FactsSource';
import { isInScope } from './isInScope';

/** The parts that a plan rests on. */
const NEEDED: InventoryPart[] = [
  'accounts',
  'permissionSets',
  'assignments',
  'identityStore',
  'entraUsers',
  'entraGroups',
  'enterpriseApplication',
];

/**
 * Older facts are no use to an approver. Younger ones may still be behind: the
 * plan is made again on live reads before anything is done.
 */
const USABLE_HOURS = 24;

const PAGE = 500;

/** Facts from the stored inventory; no call to a cloud. */
export class InventoryFactsSource implements FactsSource {
  readonly #inventory: InventoryStore;
  readonly #organizationId: string;
  readonly #staleAfter: string;
  readonly #now: string;

  constructor(options: {
    inventory: InventoryStore;
    organizationId: string;
    /** ISO-8601, from the configuration. */
    staleAfter: string;
    /** The database's present moment. */
    now: string;
  }) {
    this.#inventory = options.inventory;
    this.#organizationId = options.organizationId;
    this.#staleAfter = options.staleAfter;
    this.#now = options.now;
  }

  findAccounts(accountIds: string[]) {
    return this.#inventory.getAccounts(this.#organizationId, accountIds);
  }

  async findPermissionSets(arns: string[]) {
    const sets = await Promise.all(
      arns.map(arn =>
        this.#inventory.getPermissionSet(this.#organizationId, arn),
      ),
    );
    return sets.filter(set => set !== undefined);
  }

  findEntraUsers(userIds: string[]) {
    return this.#inventory.getEntraUsers(this.#organizationId, userIds);
  }

  async listInIdentityStore(entraUserIds: string[]) {
    const users = await this.#inventory.getStoreUsersByExternalId(
      this.#organizationId,
      entraUserIds,
    );
    return users.flatMap(user => user.externalId ?? []);
  }

  isGroupNameTaken(displayName: string) {
    return this.#inventory.isGroupNameTaken(this.#organizationId, displayName);
  }

  findGroups(groupIds: string[]) {
    return this.#inventory.facts.findGroups(this.#organizationId, groupIds);
  }

  findHolders(permissionSetArn: string) {
    return this.#inventory.facts.findHolders(
      this.#organizationId,
      permissionSetArn,
    );
  }

  async findDirectHolders({
    permissionSetArn,
    accountIds,
    entraUserIds,
  }: Parameters<FactsSource['findDirectHolders']>[0]) {
    const holders = await this.findHolders(permissionSetArn);
    return holders.filter(
      holder =>
        holder.principalType === 'USER' &&
        accountIds.includes(holder.accountId) &&
        holder.entraUserIds.some(id => entraUserIds.includes(id)),
    );
  }

  async listAccountsInScope(scope: KeptScope) {
    const accountIds: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#inventory.pageAccounts(this.#organizationId, {
        limit: PAGE,
        ...(cursor && { cursor }),
      });
      for (const account of page.items) {
        if (isInScope(account, scope)) accountIds.push(account.accountId);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return accountIds.sort();
  }

  listPermissionSetNames() {
    return this.#inventory.facts.listPermissionSetNames(this.#organizationId);
  }

  async listDelegatedAdministratorIds() {
    const facts = await this.#inventory.facts.getOrganization(
      this.#organizationId,
    );
    return facts.delegatedAdministratorIds;
  }

  /** Not read yet is not "off": `describeAge` says that there is no plan then. */
  async arePermissionSetsEnabled() {
    const facts = await this.#inventory.facts.getOrganization(
      this.#organizationId,
    );
    return facts.permissionSetsEnabled ?? true;
  }

  async describeAge() {
    const parts = await this.#inventory.getParts(this.#organizationId);
    let oldest: string | null = null;
    for (const name of NEEDED) {
      const part = parts.find(candidate => candidate.part === name);
      if (!part?.asOf) {
        return {
          asOf: null,
          unusableBecause: `The inventory of ${
            this.#organizationId
          } has not been read yet (${name}).`,
        };
      }
      if (oldest === null || part.asOf < oldest) oldest = part.asOf;
    }
    const hours = Math.max(
      USABLE_HOURS,
      Duration.fromISO(this.#staleAfter).as('hours'),
    );
    const age = (Date.parse(this.#now) - Date.parse(oldest!)) / 3_600_000;
    return {
      asOf: oldest,
      unusableBecause:
        age > hours
          ? `The inventory of ${
              this.#organizationId
            } is from ${oldest}, which is too old to plan by.`
          : null,
    };
  }
}
