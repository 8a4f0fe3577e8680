import { Knex } from 'knex';
import { RequestColumns } from '../requests/requestColumns';
import { RequestFilter } from '../requests/RequestStore';
import { whereMatches } from './whereMatches';

/** Requests that pass the filter, newest first. */
export function selectRequests(
  knex: Knex,
  filter: RequestFilter,
): Promise<RequestColumns[]> {
  const query = knex('aws_access_requests as request')
    .select('request.*')
    .orderBy('request.number', 'desc')
    .limit(filter.limit);
  if (filter.requesterRef) {
    query.where('request.requester_ref', filter.requesterRef);
  }
  if (filter.teamRef) query.where('request.team_ref', filter.teamRef);
  if (filter.organizationId) {
    query.where('request.organization_id', filter.organizationId);
  }
  if (filter.states) query.whereIn('request.state', filter.states);
  if (filter.beforeNumber !== undefined) {
    query.where('request.number', '<', filter.beforeNumber);
  }
  if (filter.id) query.where('request.id', filter.id);
  if (filter.matching) whereMatches(knex, query, filter.matching);
  const { concerning, visibleTo } = filter;
  if (concerning) {
    query.where(inner =>
      inner
        .where('request.requester_ref', concerning)
        .orWhereExists(
          ofPlan(knex, 'aws_access_request_people').where(
            'entity_ref',
            concerning,
          ),
        ),
    );
  }
  if (visibleTo) {
    query.where(inner => {
      inner
        .where('request.requester_ref', visibleTo.userRef)
        .orWhere('request.state', 'pending')
        .orWhereIn('request.team_ref', visibleTo.teams);
      for (const table of [
        'aws_access_request_people',
        'aws_access_request_asked',
        'aws_access_decisions',
      ]) {
        inner.orWhereExists(
          knex(`${table} as of_request`)
            .select(knex.raw('1'))
            .whereRaw('of_request.request_id = request.id')
            .where('entity_ref', visibleTo.userRef),
        );
      }
      if (visibleTo.accountIds.length > 0) {
        inner.orWhereExists(
          ofPlan(knex, 'aws_access_request_accounts').whereIn(
            'account_id',
            visibleTo.accountIds,
          ),
        );
      }
    });
  }
  return query;
}

function ofPlan(knex: Knex, table: string) {
  return knex(`${table} as of_plan`)
    .select(knex.raw('1'))
    .whereRaw('of_plan.request_id = request.id')
    .whereRaw('of_plan.plan_version = request.plan_version');
}
