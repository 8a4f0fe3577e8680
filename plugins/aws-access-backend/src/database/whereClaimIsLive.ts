import { Knex } from 'knex';
import { Claim } from '../organizations/OrganizationStore';
import { databaseNow } from './databaseNow';

/**
 * Narrows a guarded statement to the holder of the organization's live claim, by
 * the database's time (security rule 21).
 */
export function whereClaimIsLive(
  knex: Knex,
  claim: Claim,
): (query: Knex.QueryBuilder) => void {
  return query =>
    query.whereExists(
      knex('aws_access_organizations')
        .select(knex.raw('1'))
        .where({
          id: claim.organizationId,
          claim_owner: claim.owner,
          claim_epoch: claim.epoch,
        })
        .andWhere('claim_until', '>', databaseNow(knex)),
    );
}
