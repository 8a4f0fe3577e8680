import { OrganizationConfig } from '../config/AwsAccessConfig';
import { AccountInventory } from '../inventory/batchAccounts';
import { InventoryAccount } from '../inventory/InventoryStore';
import { PersonDirectory } from '../people/PersonDirectory';
import { AccountFacts, accountFacts } from './accountFacts';
import { Fact } from './Fact';
import { findOwningPeople } from './findOwningPeople';

const PAGE = 500;

/** Reads what is known about accounts from the inventory and the catalog. */
export class AccountFactsReader {
  readonly #inventory: AccountInventory;
  readonly #directory: PersonDirectory;
  readonly #organizations: Record<string, OrganizationConfig>;

  constructor(options: {
    inventory: AccountInventory;
    directory: PersonDirectory;
    organizations: Record<string, OrganizationConfig>;
  }) {
    this.#inventory = options.inventory;
    this.#directory = options.directory;
    this.#organizations = options.organizations;
  }

  /** Facts of the accounts, by account id. */
  async factsOf(
    organizationId: string,
    accounts: Array<Pick<InventoryAccount, 'accountId' | 'tags'>>,
    directory: PersonDirectory = this.#directory,
  ): Promise<Map<string, AccountFacts>> {
    const config = this.#organizations[organizationId].accountFacts;
    const owners =
      config.trustedCatalogLocations.length > 0 && accounts.length > 0
        ? await directory.findAccountOwners(
            accounts.map(account => account.accountId),
            config.trustedCatalogLocations,
          )
        : new Map<string, string[]>();
    return new Map(
      accounts.map(account => [
        account.accountId,
        accountFacts(account, config, owners.get(account.accountId)),
      ]),
    );
  }

  /**
   * Who owns what runs in the accounts, by account id. Two systems of different
   * owners are a problem, not a choice (security rule 7).
   */
  async systemOwnersOf(
    organizationId: string,
    accountIds: string[],
    directory: PersonDirectory = this.#directory,
  ): Promise<Map<string, Fact<string[]>>> {
    const { trustedCatalogLocations } =
      this.#organizations[organizationId].accountFacts;
    const found =
      trustedCatalogLocations.length > 0 && accountIds.length > 0
        ? await directory.findSystemOwners(accountIds, trustedCatalogLocations)
        : new Map<string, string[]>();
    return new Map(
      accountIds.map(id => [id, toSystemOwners(found.get(id) ?? [])]),
    );
  }

  /** Those of the accounts that the User owns; see `listOwnedBy`. */
  async filterOwned(
    organizationId: string,
    accountIds: string[],
    userRef: string,
    directory: PersonDirectory = this.#directory,
  ): Promise<string[]> {
    return this.#ownedOf(
      organizationId,
      await this.#inventory.getAccounts(organizationId, accountIds),
      userRef,
      directory,
    );
  }

  /**
   * Accounts that the User owns, across all organizations. A group owns through
   * its leads, never through mere members (security rule 6).
   */
  async listOwnedBy(
    userRef: string,
    directory: PersonDirectory = this.#directory,
  ): Promise<string[]> {
    const owned: string[] = [];
    for (const organizationId of Object.keys(this.#organizations)) {
      let cursor: string | undefined;
      do {
        const page = await this.#inventory.pageAccounts(organizationId, {
          limit: PAGE,
          ...(cursor && { cursor }),
        });
        owned.push(
          ...(await this.#ownedOf(
            organizationId,
            page.items,
            userRef,
            directory,
          )),
        );
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
    }
    return owned;
  }

  async #ownedOf(
    organizationId: string,
    accounts: InventoryAccount[],
    userRef: string,
    directory: PersonDirectory,
  ): Promise<string[]> {
    const owned: string[] = [];
    const facts = await this.factsOf(organizationId, accounts, directory);
    for (const { accountId, owners } of facts.values()) {
      if (!owners.known) continue;
      const people = await findOwningPeople(owners.value, directory);
      if (people.includes(userRef)) owned.push(accountId);
    }
    return owned;
  }
}

function toSystemOwners(owners: string[]): Fact<string[]> {
  if (owners.length === 1) {
    return { known: true, value: owners, source: 'the catalog' };
  }
  return {
    known: false,
    reason:
      owners.length === 0
        ? 'no trusted catalog system or component is in it'
        : `systems in it have different owners: ${owners.join(', ')}`,
  };
}
