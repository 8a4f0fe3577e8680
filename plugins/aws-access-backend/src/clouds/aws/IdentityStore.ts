import {
  DescribeGroupCommand,
  DescribeUserCommand,
  ExternalId,
  GetGroupIdCommand,
  GetUserIdCommand,
  Group,
  IdentitystoreClient,
  paginateListGroupMemberships,
  paginateListGroups,
  paginateListUsers,
  User,
} from '@aws-sdk/client-identitystore';
import { StoreGroup, StoreUser } from '../AwsCloud';
import { unlessMissing } from '../unlessMissing';
import { GatedAwsClient } from './GatedAwsClient';
import { PAGE_SIZE } from './pageSize';

/**
 * The `Issuer` values that SCIM has written beside the external ids. AWS finds
 * by external id only together with its issuer, and tells the issuer nowhere
 * but in the objects: it is learned from every list that is read. Share one of
 * these among the clients of an organization.
 */
export class KnownIssuers {
  readonly #issuers = new Set<string>();

  /** Remembers the issuers and returns the external id that SCIM wrote. */
  learn(externalIds: ExternalId[] | undefined): string | null {
    for (const { Issuer } of externalIds ?? []) {
      if (Issuer) this.#issuers.add(Issuer);
    }
    return externalIds?.[0]?.Id?.toLowerCase() ?? null;
  }

  list(): string[] {
    return [...this.#issuers];
  }
}

/** The users and groups of Identity Center. */
export class IdentityStore {
  readonly #client: GatedAwsClient<IdentitystoreClient>;
  readonly #storeId: () => Promise<string>;
  readonly #issuers: KnownIssuers;

  constructor(options: {
    client: GatedAwsClient<IdentitystoreClient>;
    storeId: () => Promise<string>;
    issuers: KnownIssuers;
  }) {
    this.#client = options.client;
    this.#storeId = options.storeId;
    this.#issuers = options.issuers;
  }

  async *listUsers(): AsyncIterable<StoreUser[]> {
    const IdentityStoreId = await this.#storeId();
    yield* this.#client.pages(
      client =>
        paginateListUsers({ client, pageSize: PAGE_SIZE }, { IdentityStoreId }),
      page => (page.Users ?? []).map(user => this.#toUser(user)),
    );
  }

  async *listGroups(): AsyncIterable<StoreGroup[]> {
    const IdentityStoreId = await this.#storeId();
    yield* this.#client.pages(
      client =>
        paginateListGroups(
          { client, pageSize: PAGE_SIZE },
          { IdentityStoreId },
        ),
      page => (page.Groups ?? []).map(group => this.#toGroup(group)),
    );
  }

  async *listMembers(groupId: string): AsyncIterable<string[]> {
    const IdentityStoreId = await this.#storeId();
    yield* this.#client.pages(
      client =>
        paginateListGroupMemberships(
          { client, pageSize: PAGE_SIZE },
          { IdentityStoreId, GroupId: groupId },
        ),
      page =>
        (page.GroupMemberships ?? []).flatMap(
          ({ MemberId }) => MemberId?.UserId ?? [],
        ),
    );
  }

  async findGroupByExternalId(
    externalId: string,
  ): Promise<StoreGroup | undefined> {
    const issuers = this.#issuers.list();
    if (issuers.length === 0) {
      return findIn(
        this.listGroups(),
        group => group.externalId === externalId,
      );
    }
    for (const Issuer of issuers) {
      const found = await this.#getGroup({
        ExternalId: { Issuer, Id: externalId },
      });
      if (found) return found;
    }
    return undefined;
  }

  async findUserByExternalId(
    externalId: string,
  ): Promise<StoreUser | undefined> {
    const issuers = this.#issuers.list();
    if (issuers.length === 0) {
      return findIn(this.listUsers(), user => user.externalId === externalId);
    }
    const IdentityStoreId = await this.#storeId();
    for (const Issuer of issuers) {
      const found = await unlessMissing(async () => {
        const { UserId } = await this.#client.read(client =>
          client.send(
            new GetUserIdCommand({
              IdentityStoreId,
              AlternateIdentifier: { ExternalId: { Issuer, Id: externalId } },
            }),
          ),
        );
        return this.#client.read(client =>
          client.send(new DescribeUserCommand({ IdentityStoreId, UserId })),
        );
      });
      if (found) return this.#toUser(found);
    }
    return undefined;
  }

  async #getGroup(
    AlternateIdentifier: NonNullable<
      GetGroupIdCommand['input']['AlternateIdentifier']
    >,
  ): Promise<StoreGroup | undefined> {
    const IdentityStoreId = await this.#storeId();
    const found = await unlessMissing(async () => {
      const { GroupId } = await this.#client.read(client =>
        client.send(
          new GetGroupIdCommand({ IdentityStoreId, AlternateIdentifier }),
        ),
      );
      return this.#client.read(client =>
        client.send(new DescribeGroupCommand({ IdentityStoreId, GroupId })),
      );
    });
    return found && this.#toGroup(found);
  }

  #toUser(user: User): StoreUser {
    return {
      userId: user.UserId ?? '',
      userName: user.UserName ?? '',
      displayName: user.DisplayName ?? null,
      externalId: this.#issuers.learn(user.ExternalIds),
    };
  }

  #toGroup(group: Group): StoreGroup {
    return {
      groupId: group.GroupId ?? '',
      displayName: group.DisplayName ?? '',
      externalId: this.#issuers.learn(group.ExternalIds),
    };
  }
}

async function findIn<Item>(
  pages: AsyncIterable<Item[]>,
  matches: (item: Item) => boolean,
): Promise<Item | undefined> {
  for await (const page of pages) {
    const found = page.find(matches);
    if (found) return found;
  }
  return undefined;
}
