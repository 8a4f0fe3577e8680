import { NotAllowedError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  CloudWrite,
  WriteAuthorizationVerifier,
  WriteClaim,
} from '../../clouds/CloudWriteGate';
import { Seals } from '../../integrity/Seals';
import {
  AuthorizationColumns,
  authorizationRecord,
} from './DatabaseAuthorizationStore';
import { databaseNow } from '../../database/databaseNow';

type SealedAuthorization = AuthorizationColumns & { seal: string | null };

/**
 * Asks the database, in one query, whether a write is authorized (security rules
 * 19 to 23): recorded as intended, for exactly this operation and input, by the
 * holder of the organization's live claim, by a running step, under an
 * authorization that is neither revoked nor lapsed, for a request that wants it
 * at this moment, in an organization whose writes are neither held nor stopped.
 * That this product made the authorization, for a request that ends then, is seen
 * by its seal and not by the database (security rule 24).
 */
export class DatabaseWriteAuthorizationVerifier
  implements WriteAuthorizationVerifier
{
  readonly #knex: Knex;
  readonly #seals: Seals;

  constructor(knex: Knex, seals: Seals) {
    this.#knex = knex;
    this.#seals = seals;
  }

  async verify(
    claim: WriteClaim,
    write: CloudWrite & { inputDigest: string },
  ): Promise<void> {
    const now = databaseNow(this.#knex);
    const authorized = await this.#knex('aws_access_intents as intent')
      .join('aws_access_steps as step', 'step.id', 'intent.step_id')
      .join(
        'aws_access_authorizations as authorization',
        'authorization.id',
        'step.authorization_id',
      )
      .join('aws_access_requests as request', 'request.id', 'step.request_id')
      .join(
        'aws_access_organizations as organization',
        'organization.id',
        'intent.organization_id',
      )
      .where({
        'intent.id': claim.intentId,
        'intent.organization_id': claim.organizationId,
        'intent.state': 'intended',
        'intent.operation': write.operation,
        'intent.input_digest': write.inputDigest,
        'intent.epoch': claim.epoch,
        'organization.claim_epoch': claim.epoch,
        'step.state': 'running',
        'step.epoch': claim.epoch,
      })
      .andWhere('organization.claim_until', '>', now)
      .whereNull('organization.held_reason')
      .whereNotExists(
        this.#knex('aws_access_write_stops as stop')
          .select(this.#knex.raw('1'))
          .where(
            'stop.organization_id',
            this.#knex.ref('intent.organization_id'),
          )
          .andWhere('stop.until', '>', now)
          .andWhere(stopped =>
            stopped
              .where('stop.kind', 'everything')
              .orWhere('step.phase', '<>', 'removal'),
          ),
      )
      .andWhere(allowed =>
        allowed
          .where('authorization.kind', this.#knex.ref('step.phase'))
          // A mandate makes assignments of its scope, and nothing else, for as
          // long as it lives.
          .orWhere(mandate =>
            mandate
              .where({
                'authorization.kind': 'mandate',
                'step.phase': 'grant',
                'intent.operation': 'sso-admin:CreateAccountAssignment',
              })
              .whereExists(this.#liveMandate(now)),
          ),
      )
      .where('authorization.request_id', this.#knex.ref('request.id'))
      .where(
        'request.organization_id',
        this.#knex.ref('intent.organization_id'),
      )
      .whereNull('authorization.revoked_at')
      .andWhere(valid =>
        valid
          .whereNull('authorization.lapses_at')
          .orWhere('authorization.lapses_at', '>', now),
      )
      .andWhere(wanted =>
        wanted
          .where(grant =>
            grant
              .where('step.phase', 'grant')
              .whereIn('request.state', ['provisioning', 'propagating'])
              .andWhere(open =>
                open
                  .whereNull('request.ends_at')
                  .orWhere('request.ends_at', '>', now),
              ),
          )
          // A removal that is stuck goes on being tried.
          .orWhere(removal =>
            removal
              .where('step.phase', 'removal')
              .whereIn('request.state', ['ending', 'stuck']),
          ),
      )
      .first<
        (SealedAuthorization & { request_ends_at: string | null }) | undefined
      >('authorization.*', 'request.ends_at as request_ends_at');
    const isGenuine =
      authorized &&
      this.#seals.isGenuine(
        authorizationRecord(authorized, authorized.request_ends_at),
        authorized.seal,
      );
    if (!isGenuine) {
      throw new NotAllowedError(
        `${write.operation} is not authorized: no recorded intent allows exactly this write now`,
      );
    }
  }

  /** The mandate that took the request in, while it allows anything. */
  #liveMandate(now: Knex.Raw) {
    return this.#knex({ entry: 'aws_access_mandate_entries' })
      .join(
        { mandate: 'aws_access_mandates' },
        'mandate.id',
        'entry.mandate_id',
      )
      .join({ kept: 'aws_access_requests' }, 'kept.id', 'mandate.request_id')
      .where('entry.request_id', this.#knex.ref('request.id'))
      .where('entry.verdict', 'takenIn')
      .whereNull('mandate.revoked_at')
      .where('kept.state', 'active')
      .andWhere(lasting =>
        lasting
          .whereNull('mandate.ends_at')
          .orWhere('mandate.ends_at', '>', now),
      )
      .select(this.#knex.raw('1'));
  }
}
