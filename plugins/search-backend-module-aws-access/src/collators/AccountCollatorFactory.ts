import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import {
  AccountSearchDocument,
  AWS_ACCESS_SEARCH_TYPES,
  awsAccessInventoryReadPermission,
  SearchableAccount,
} from 'backstage-plugin-aws-access-common';
import { Readable } from 'node:stream';
import { SearchableClient } from './SearchableClient';

/** Accounts for the index, with what everybody may see of them. */
export class AccountCollatorFactory implements DocumentCollatorFactory {
  readonly type = AWS_ACCESS_SEARCH_TYPES.account;
  readonly visibilityPermission = awsAccessInventoryReadPermission;
  readonly #client: Pick<SearchableClient, 'accounts'>;

  constructor(options: { client: Pick<SearchableClient, 'accounts'> }) {
    this.#client = options.client;
  }

  /** When a page cannot be read the stream fails, and the index stays as it is. */
  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<IndexableDocument> {
    for await (const account of this.#client.accounts()) {
      yield toDocument(account);
    }
  }
}

function toDocument(
  account: SearchableAccount,
): IndexableDocument & AccountSearchDocument & Record<string, unknown> {
  const { organizationId, id, name, environment, ouPath } = account;
  return {
    title: name,
    text: `${id} ${environment} ${ouPath.join(' / ')}`.trim(),
    // There is no page of an account: what one does with it begins here.
    location: `/aws-access/request?${new URLSearchParams({ account: id })}`,
    accountId: id,
    // As AWS writes it in its console.
    accountIdInParts: id.replace(/(\d{4})(?=\d)/g, '$1-'),
    environment,
    organizationalUnit: ouPath.join(' / '),
    organizationId,
  };
}
