import { StoreGroup, StoreUser } from '../clouds/AwsCloud';
import { collectPages } from '../clouds/collectPages';
import { countOtherOwners } from '../clouds/countOtherOwners';
import { OrganizationClouds } from '../clouds/OrganizationClouds';
import { unlessMissing } from '../clouds/unlessMissing';
import { whyUnusable } from '../clouds/whyUnusable';
import { digestOf } from '../digest/digestOf';
import { AwsPartsReader } from '../inventory/AwsPartsReader';
import { InventoryStore } from '../inventory/InventoryStore';
import { foldName } from '../planning/names/foldName';
import { PermissionSetHolder } from '../planning/facts/PlanFacts';
import { ExistingGroup, FactsSource, KeptScope } from './FactsSource';
import { GroupAssignments } from './GroupAssignments';
import { findAccountsInScope } from './findAccountsInScope';
import { toHolders } from './toHolders';

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
  #storeUsers: Promise<StoreUser[]> | undefined;
  readonly #assignments: GroupAssignments;

  constructor(options: {
    clouds: OrganizationClouds;
    inventory: InventoryStore;
    organizationId: string;
    /** The database's present moment. */
    now: string;
    /** See GroupAssignments. */
    mostPairs?: number;
  }) {
    this.#clouds = options.clouds;
    this.#inventory = options.inventory;
    this.#organizationId = options.organizationId;
    this.#now = options.now;
    this.#assignments = new GroupAssignments({
      ...options,
      aws: options.clouds.aws,
    });
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

  /** Who is in a group is what Entra says: SCIM carries it to AWS. */
  findGroups(groupIds: string[]): Promise<ExistingGroup[]> {
    const { aws, entra } = this.#clouds;
    return this.#eachFound(groupIds, async groupId => {
      const group = await entra.getGroup(groupId);
      if (!group) return undefined;
      const [members, owners, assigned, storeGroup] = await Promise.all([
        entra.readDirectMembers(groupId),
        entra.describeOwners(groupId),
        entra.findApplicationAssignment(groupId),
        aws.findStoreGroupByExternalId(groupId),
      ]);
      const assignments = storeGroup
        ? await this.#assignments.of({
            entraGroupId: groupId,
            storeGroupId: storeGroup.groupId,
          })
        : [];
      return {
        groupId,
        displayName: group.displayName,
        description: group.description,
        uniqueName: group.uniqueName,
        memberIds: members.users.map(({ userId }) => userId).sort(),
        unusableBecause: whyUnusable(group, members.nestedGroups),
        ownedByUs: owners.includeUs,
        otherOwners: countOtherOwners(owners),
        assignedToApplication: assigned !== undefined,
        storeGroupId: storeGroup?.groupId ?? null,
        assignments: assignments.map(({ accountId, permissionSetArn }) => ({
          accountId,
          permissionSetArn,
        })),
      };
    });
  }

  async findHolders(permissionSetArn: string): Promise<PermissionSetHolder[]> {
    const { aws, entra } = this.#clouds;
    const assignments = await new AwsPartsReader(aws).readAssignments(
      [permissionSetArn],
      () => {},
    );
    const groupIds = new Set(
      assignments
        .filter(({ principalType }) => principalType === 'GROUP')
        .map(({ principalId }) => principalId),
    );
    const [allGroups, allUsers] = await Promise.all([
      this.#listStoreGroups(),
      this.#listStoreUsers(),
    ]);
    const storeGroups = allGroups.filter(({ groupId }) =>
      groupIds.has(groupId),
    );
    const storeMembers = new Map<string, string[]>();
    const entraMembers = new Map<string, string[]>();
    await Promise.all(
      storeGroups.map(async ({ groupId, externalId }) => {
        const [inAws, inEntra] = await Promise.all([
          unlessMissing(() => collectPages(aws.listStoreMembers(groupId))),
          externalId &&
            unlessMissing(() => collectPages(entra.listMembers(externalId))),
        ]);
        storeMembers.set(groupId, inAws ?? []);
        if (externalId && inEntra) {
          entraMembers.set(
            externalId,
            inEntra.map(({ userId }) => userId),
          );
        }
      }),
    );
    return toHolders(assignments, {
      storeGroups: new Map(storeGroups.map(group => [group.groupId, group])),
      storeUsers: new Map(allUsers.map(user => [user.userId, user])),
      storeMembers,
      entraMembers,
    });
  }

  /** A call for each person and account: an elevation has to be quick. */
  async findDirectHolders({
    permissionSetArn,
    accountIds,
    entraUserIds,
  }: Parameters<FactsSource['findDirectHolders']>[0]) {
    const { aws } = this.#clouds;
    const [users, assignments] = await Promise.all([
      this.#eachFound(entraUserIds, id => aws.findStoreUserByExternalId(id)),
      this.#eachFound(accountIds, accountId =>
        collectPages(aws.listAssignments(accountId, permissionSetArn)),
      ),
    ]);
    const storeUsers = new Map(users.map(user => [user.userId, user]));
    return toHolders(
      assignments
        .flat()
        .filter(
          ({ principalType, principalId }) =>
            principalType === 'USER' && storeUsers.has(principalId),
        ),
      {
        storeGroups: new Map(),
        storeUsers,
        storeMembers: new Map(),
        entraMembers: new Map(),
      },
    );
  }

  listAccountsInScope(scope: KeptScope): Promise<string[]> {
    return findAccountsInScope(scope, {
      aws: this.#clouds.aws,
      inventory: this.#inventory,
      organizationId: this.#organizationId,
    });
  }

  /** A permission set keeps its name for life, so only new ones are described. */
  async listPermissionSetNames() {
    const [arns, known] = await Promise.all([
      collectPages(this.#clouds.aws.listPermissionSetArns()),
      this.#inventory.facts.listPermissionSetNames(this.#organizationId),
    ]);
    const names = new Map(known.map(({ arn, name }) => [arn, name]));
    return this.#eachFound(arns, async arn => ({
      arn,
      name:
        names.get(arn) ??
        (await this.#clouds.aws.describePermissionSet(arn)).name,
    }));
  }

  listDelegatedAdministratorIds() {
    return this.#clouds.aws.listDelegatedAdministratorIds();
  }

  async arePermissionSetsEnabled() {
    const instance = await this.#clouds.aws.describeInstance();
    return instance.permissionSetsEnabled;
  }

  async describeAge() {
    return { asOf: this.#now, unusableBecause: null };
  }

  /** All of them, once a plan: the identity store looks up exact names only. */
  #listStoreGroups(): Promise<StoreGroup[]> {
    this.#storeGroups ??= collectPages(this.#clouds.aws.listStoreGroups());
    return this.#storeGroups;
  }

  /** All of them as well: one look-up each would be more calls than pages. */
  #listStoreUsers(): Promise<StoreUser[]> {
    this.#storeUsers ??= collectPages(this.#clouds.aws.listStoreUsers());
    return this.#storeUsers;
  }

  /** The clients pace themselves, so everything may be asked at once. */
  async #eachFound<T>(
    keys: string[],
    find: (key: string) => Promise<T | undefined>,
  ): Promise<T[]> {
    const found = await Promise.all(
      keys.map(key => unlessMissing(() => find(key))),
    );
    return found.filter(item => item !== undefined) as T[];
  }
}
