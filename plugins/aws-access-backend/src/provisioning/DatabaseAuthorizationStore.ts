import { Knex } from 'knex';
import { databaseNow } from '../database/databaseNow';
import { AuthorizationRow, AuthorizationStore } from './AuthorizationStore';

const AUTHORIZATIONS = 'aws_access_authorizations';

/** What allows steps to write. */
export class DatabaseAuthorizationStore implements AuthorizationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(
    authorization: Omit<AuthorizationRow, 'createdAt' | 'revokedAt'>,
  ): Promise<void> {
    await this.#knex(AUTHORIZATIONS).insert({
      id: authorization.id,
      organization_id: authorization.organizationId,
      request_id: authorization.requestId,
      kind: authorization.kind,
      plan_version: authorization.planVersion,
      plan_digest: authorization.planDigest,
      lapses_at: authorization.lapsesAt,
      created_at: databaseNow(this.#knex),
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
