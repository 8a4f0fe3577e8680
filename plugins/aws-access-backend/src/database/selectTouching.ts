import { FINAL_REQUEST_STATES } from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { RequestColumns } from '../requests/stores/requestColumns';

/**
 * Open requests of an organization whose present plan touches one of the people
 * and one of the accounts, newest first. It starts from the index on people: a
 * person has few requests, an account has many.
 */
export function selectTouching(
  knex: Knex,
  filter: {
    organizationId: string;
    entityRefs: string[];
    accountIds: string[];
    limit: number;
  },
): Promise<RequestColumns[]> {
  const ofPeople = knex('aws_access_request_people as person')
    .join('aws_access_requests as owner', join =>
      join
        .on('owner.id', 'person.request_id')
        .andOn('owner.plan_version', 'person.plan_version'),
    )
    .whereIn('person.entity_ref', filter.entityRefs)
    .select('person.request_id');
  return knex('aws_access_requests as request')
    .select('request.*')
    .whereIn('request.id', ofPeople)
    .where('request.organization_id', filter.organizationId)
    .whereNotIn('request.state', [...FINAL_REQUEST_STATES])
    .whereExists(
      knex('aws_access_request_accounts as account')
        .select(knex.raw('1'))
        .whereRaw('account.request_id = request.id')
        .whereRaw('account.plan_version = request.plan_version')
        .whereIn('account.account_id', filter.accountIds),
    )
    .orderBy('request.number', 'desc')
    .limit(filter.limit);
}
