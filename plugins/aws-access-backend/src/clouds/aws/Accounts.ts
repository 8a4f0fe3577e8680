import {
  Account,
  DescribeAccountCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListDelegatedAdministrators,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations';
import { AwsAccount, OrganizationalUnit } from '../AwsCloud';
import { collectPages } from '../collectPages';
import { GatedAwsClient } from './GatedAwsClient';
import { OrganizationalUnits } from './OrganizationalUnits';
import { unlessDenied } from '../unlessDenied';
import { unlessMissing } from '../unlessMissing';

/** The accounts of AWS Organizations. */
export class Accounts {
  readonly #client: GatedAwsClient<OrganizationsClient>;
  readonly #units: OrganizationalUnits;
  /** Where `ListAccounts` said that accounts are; not every organization has it. */
  #paths = new Map<string, string>();

  constructor(client: GatedAwsClient<OrganizationsClient>) {
    this.#client = client;
    this.#units = new OrganizationalUnits(client);
  }

  /** Starts a new picture of the organization's tree as well. */
  async *list(): AsyncIterable<AwsAccount[]> {
    this.#paths = new Map();
    this.#units.forget();
    // Organizations sends at most 20 a page, and empty pages in between.
    yield* this.#client.pages(
      client => paginateListAccounts({ client, pageSize: 20 }, {}),
      page =>
        (page.Accounts ?? []).map(account => {
          const path = account.Paths?.[0];
          // New in 2026: of another form than we know, it is not relied on.
          if (account.Id && path && /^o-[^/]+\/r-/.test(path)) {
            this.#paths.set(account.Id, path);
          }
          return toAccount(account);
        }),
    );
  }

  async describe(accountId: string): Promise<AwsAccount> {
    const { Account: account } = await this.#client.read(client =>
      client.send(new DescribeAccountCommand({ AccountId: accountId })),
    );
    return toAccount(account ?? { Id: accountId });
  }

  async getOuPath(accountId: string): Promise<OrganizationalUnit[]> {
    const path = this.#paths.get(accountId);
    // Since the list, the account may have been moved and its unit deleted.
    const units =
      path && (await unlessMissing(() => this.#units.pathFrom(path)));
    return units || this.#units.pathOf(accountId);
  }

  async listTags(accountId: string): Promise<Record<string, string>> {
    const tags: Record<string, string> = {};
    for await (const page of this.#client.pages(
      client =>
        paginateListTagsForResource({ client }, { ResourceId: accountId }),
      ({ Tags }) => Tags ?? [],
    )) {
      for (const { Key, Value } of page) {
        if (Key !== undefined) tags[Key] = Value ?? '';
      }
    }
    return tags;
  }

  /** Delegated administrators of any service; undefined = we may not know. */
  async listDelegatedAdministratorIds(): Promise<string[] | undefined> {
    const ids = await unlessDenied(() =>
      collectPages(
        this.#client.pages(
          client => paginateListDelegatedAdministrators({ client }, {}),
          page =>
            (page.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []),
        ),
      ),
    );
    return ids && [...new Set(ids)].sort();
  }
}

function toAccount(account: Account): AwsAccount {
  return {
    accountId: account.Id ?? '',
    name: account.Name ?? account.Id ?? '',
    email: account.Email ?? null,
    // AWS retired Status in September 2026; older emulators and partitions still send only it.
    state: account.State ?? account.Status ?? 'UNKNOWN',
    joinedAt: account.JoinedTimestamp?.toISOString() ?? null,
  };
}
