import { CloudError } from '../clouds/CloudError';
import { StoreGroup } from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { digestOf } from '../digest/digestOf';
import { InventoryStore } from '../inventory/InventoryStore';
import { foldName } from '../planning/foldName';
import { FactsSource } from './FactsSource';

/**
 * Facts as the clouds have them now. An error of a cloud is passed on; only "not
 * found" is an answer.
 */
export class LiveFactsSource implements FactsSource {
  readonly #clouds: OrganizationClouds;
  readonly #inventory: InventoryStore;
  readonly #organizationId: string;
  readonly #now: string;
  #storeGroups: Promise<StoreGroup[]> | undefined;

  constructor(options: {
    clouds: OrganizationClouds;
    inventory: InventoryStore;
    organizationId: string;
    /** The database's present moment. */
    now: string;
  }) {
    this.#clouds = options.clouds;
    this.#inventory = options.inventory;
    this.#organizationId = options.organizationId;
    this.#now = options.now;
  }

  async findAccounts(accountIds: string[]) {
    return this.#eachFound(accountIds, async accountId => {
      const [account, tags, ouPath] = await Promise.all([
        this.#clouds.aws.describeAccount(accountId),
        this.#clouds.aws.listAccountTags(accountId),
        this.#clouds.aws.getOuPath(accountId),
      ]);
      return { ...account, tags, ouPath };
    });
  }

  async findPermissionSets(arns: string[]) {
    return this.#eachFound(arns, async arn => {
      const document = await this.#clouds.aws.describePermissionSet(arn);
      return {
        arn,
        name: document.name,
        document,
        documentDigest: digestOf(document),
      };
    });
  }

  async findEntraUsers(userIds: string[]) {
    return this.#eachFound(userIds, userId =>
      this.#clouds.entra.getUser(userId),
    );
  }

  async listInIdentityStore(entraUserIds: string[]) {
    return this.#eachFound(entraUserIds, async entraUserId => {
      const user = await this.#clouds.aws.findStoreUserByExternalId(
        entraUserId,
      );
      return user && entraUserId;
    });
  }

  async isGroupNameTaken(displayName: string) {
    const folded = foldName(displayName);
    const [inEntra, inAws, known] = await Promise.all([
      this.#clouds.entra.findGroupsByDisplayName(displayName),
      this.#listStoreGroups(),
      // Graph finds names only without regard to case; other look-alikes in
      // Entra are in the inventory.
      this.#inventory.isGroupNameTaken(this.#organizationId, displayName),
    ]);
    return (
      inEntra.length > 0 ||
      inAws.some(group => foldName(group.displayName) === folded) ||
      known
    );
  }

  async describeAge() {
    return { asOf: this.#now, unusableBecause: null };
  }

  /** All of them, once a plan: the identity store looks up exact names only. */
  #listStoreGroups(): Promise<StoreGroup[]> {
    this.#storeGroups ??= collectPages(this.#clouds.aws.listStoreGroups());
    return this.#storeGroups;
  }

  /** The clients pace themselves, so everything may be asked at once. */
  async #eachFound<T>(
    keys: string[],
    find: (key: string) => Promise<T | undefined>,
  ): Promise<T[]> {
    const found = await Promise.all(
      keys.map(async key => {
        try {
          return await find(key);
        } catch (error) {
          if (error instanceof CloudError && error.kind === 'notFound') {
            return undefined;
          }
          throw error;
        }
      }),
    );
    return found.filter(item => item !== undefined) as T[];
  }
}
