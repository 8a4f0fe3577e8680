import { Knex } from 'knex';
import { databaseNow } from '../../database/databaseNow';
import { SealedRecord, Seals } from '../../integrity/Seals';
import { AuthorizationRow, AuthorizationStore } from './AuthorizationStore';

const AUTHORIZATIONS = 'aws_access_authorizations';

/** The part of a row of `aws_access_authorizations` that is sealed. */
export interface AuthorizationColumns {
  id: string;
  organization_id: string;
  request_id: string;
  kind: string;
  plan_version: number;
  plan_digest: string;
  lapses_at: string | null;
}

/**
 * What of an authorization is sealed.
 *
 * @param endsAt - the end of its request, which a removal does not go by
 */
export function authorizationRecord(
  columns: AuthorizationColumns,
  endsAt: string | null,
): SealedRecord {
  return {
    kind: 'authorization',
    id: columns.id,
    organizationId: columns.organization_id,
    requestId: columns.request_id,
    allows: columns.kind,
    planVersion: columns.plan_version,
    planDigest: columns.plan_digest,
    lapsesAt: columns.lapses_at,
    endsAt: columns.kind === 'removal' ? null : endsAt,
  };
}

/** What allows steps to write. */
export class DatabaseAuthorizationStore implements AuthorizationStore {
  readonly #knex: Knex;
  readonly #seals: Seals;

  constructor(knex: Knex, seals: Seals) {
    this.#knex = knex;
    this.#seals = seals;
  }

  async insert(
    authorization: Parameters<AuthorizationStore['insert']>[0],
  ): Promise<void> {
    const columns: AuthorizationColumns = {
      id: authorization.id,
      organization_id: authorization.organizationId,
      request_id: authorization.requestId,
      kind: authorization.kind,
      plan_version: authorization.planVersion,
      plan_digest: authorization.planDigest,
      lapses_at: authorization.lapsesAt,
    };
    await this.#knex(AUTHORIZATIONS).insert({
      ...columns,
      created_at: databaseNow(this.#knex),
      seal: this.#seals.seal(
        authorizationRecord(columns, authorization.endsAt ?? null),
      ),
    });
  }

  async find(
    requestId: string,
    kind: AuthorizationRow['kind'],
  ): Promise<AuthorizationRow | undefined> {
    const row = await this.#knex(AUTHORIZATIONS)
      .where({ request_id: requestId, kind })
      .orderBy('plan_version', 'desc')
      .first();
    return (
      row && {
        id: row.id,
        organizationId: row.organization_id,
        requestId: row.request_id,
        kind: row.kind,
        planVersion: row.plan_version,
        planDigest: row.plan_digest,
        createdAt: row.created_at,
        lapsesAt: row.lapses_at,
        revokedAt: row.revoked_at,
      }
    );
  }

  async revokeGrants(requestId: string): Promise<void> {
    await this.#knex(AUTHORIZATIONS)
      .where({ request_id: requestId })
      .whereIn('kind', ['grant', 'mandate'])
      .whereNull('revoked_at')
      .update({ revoked_at: databaseNow(this.#knex) });
  }
}
