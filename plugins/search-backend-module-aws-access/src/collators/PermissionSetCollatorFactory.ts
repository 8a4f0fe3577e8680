import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import {
  PermissionSetSearchDocument,
  AWS_ACCESS_SEARCH_TYPES,
  awsAccessInventoryReadPermission,
  SearchablePermissionSet,
} from 'backstage-plugin-aws-access-common';
import { Readable } from 'node:stream';
import { SearchableClient } from './SearchableClient';

/** Permission sets for the index, with what everybody may see of them. */
export class PermissionSetCollatorFactory implements DocumentCollatorFactory {
  readonly type = AWS_ACCESS_SEARCH_TYPES.permissionSet;
  readonly visibilityPermission = awsAccessInventoryReadPermission;
  readonly #client: Pick<SearchableClient, 'permissionSets'>;

  constructor(options: { client: Pick<SearchableClient, 'permissionSets'> }) {
    this.#client = options.client;
  }

  /** When a page cannot be read the stream fails, and the index stays as it is. */
  async getCollator(): Promise<Readable> {
    return Readable.from(this.#documents());
  }

  async *#documents(): AsyncGenerator<IndexableDocument> {
    for await (const set of this.#client.permissionSets()) {
      yield toDocument(set);
    }
  }
}

function toDocument(
  set: SearchablePermissionSet,
): IndexableDocument & PermissionSetSearchDocument {
  const { organizationId, name, accessLevel } = set;
  const page = `/aws-access/permission-sets/${encodeURIComponent(name)}`;
  return {
    title: name,
    text: [...set.access, set.description ?? ''].join(' ').trim(),
    location: `${page}?${new URLSearchParams({
      organization: organizationId,
    })}`,
    accessLevel,
    organizationId,
  };
}
