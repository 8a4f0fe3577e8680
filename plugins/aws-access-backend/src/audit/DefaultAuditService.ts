import { InputError } from '@backstage/errors';
import {
  AuditResponse,
  AuditVerification,
} from 'backstage-plugin-aws-access-common';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { chooseOrganization } from '../config/chooseOrganization';
import { Stores } from '../database/Stores';
import { AuditQuery, AuditService } from './AuditService';
import { AuditFilter } from './AuditStore';
import { verifyAuditChain } from './verifyAuditChain';

/** Rows that an export reads at once. */
const EXPORT_PAGE = 500;

/** Reads the audit log of the plugin's database. */
export class DefaultAuditService implements AuditService {
  readonly #stores: Pick<Stores, 'audit'>;
  readonly #organizations: AwsAccessConfig['organizations'];

  constructor(options: {
    stores: Pick<Stores, 'audit'>;
    organizations: AwsAccessConfig['organizations'];
  }) {
    this.#stores = options.stores;
    this.#organizations = options.organizations;
  }

  async list(query: AuditQuery): Promise<AuditResponse> {
    const { cursor, limit, ...wanted } = query;
    const items = await this.#stores.audit.list({
      ...this.#filterOf(wanted),
      ...(cursor && { beforeSequence: readCursor(cursor) }),
      limit,
    });
    return {
      items,
      nextCursor:
        items.length === limit ? String(items[limit - 1].sequence) : null,
    };
  }

  async export(query: Omit<AuditQuery, 'cursor' | 'limit'>) {
    return this.#pages(this.#filterOf(query));
  }

  async verify(
    organizationId: string | undefined,
    known: { sequence: number; hash: string } | undefined,
  ): Promise<AuditVerification> {
    return verifyAuditChain(
      this.#stores.audit,
      chooseOrganization(this.#organizations, organizationId),
      known,
    );
  }

  async *#pages(filter: Omit<AuditFilter, 'limit'>) {
    let beforeSequence: number | undefined;
    for (;;) {
      const page = await this.#stores.audit.list({
        ...filter,
        ...(beforeSequence && { beforeSequence }),
        limit: EXPORT_PAGE,
      });
      if (page.length > 0) yield page;
      if (page.length < EXPORT_PAGE) return;
      beforeSequence = page[page.length - 1].sequence;
    }
  }

  #filterOf(query: Omit<AuditQuery, 'cursor' | 'limit'>) {
    return {
      ...query,
      organizationId: chooseOrganization(
        this.#organizations,
        query.organizationId,
      ),
    };
  }
}

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new InputError(
      'cursor: must be the nextCursor of the page before; leave it out for the first page',
    );
  }
  return Number(cursor);
}
