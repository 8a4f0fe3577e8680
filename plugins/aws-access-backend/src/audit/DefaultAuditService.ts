import { InputError } from '@backstage/errors';
import {
  AuditResponse,
  AuditVerification,
} from 'backstage-plugin-aws-access-common';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { chooseOrganization } from '../config/chooseOrganization';
import { Stores } from '../database/Stores';
import { AuditQuery, AuditService } from './AuditService';
import { verifyAuditChain } from './verifyAuditChain';

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
    const { requestId, kind, limit } = query;
    const items = await this.#stores.audit.list({
      organizationId: chooseOrganization(
        this.#organizations,
        query.organizationId,
      ),
      ...(requestId && { requestId }),
      ...(kind && { kind }),
      ...(query.cursor && { beforeSequence: readCursor(query.cursor) }),
      limit,
    });
    return {
      items,
      nextCursor:
        items.length === limit ? String(items[limit - 1].sequence) : null,
    };
  }

  async verify(organizationId: string | undefined): Promise<AuditVerification> {
    return verifyAuditChain(
      this.#stores.audit,
      chooseOrganization(this.#organizations, organizationId),
    );
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
