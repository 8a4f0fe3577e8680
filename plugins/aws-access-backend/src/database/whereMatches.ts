import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { AwsAccessRequestTerm } from 'backstage-plugin-aws-access-node';
import { Knex } from 'knex';

/** Narrows requests, named `request`, to those that meet the conditions. */
export function whereMatches(
  knex: Knex,
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<AwsAccessRequestTerm>,
): void {
  if (isAndCriteria(criteria)) {
    query.where(inner =>
      criteria.allOf.forEach(each => whereMatches(knex, inner, each)),
    );
  } else if (isOrCriteria(criteria)) {
    query.where(inner =>
      criteria.anyOf.forEach(each =>
        inner.orWhere(one => whereMatches(knex, one, each)),
      ),
    );
  } else if (isNotCriteria(criteria)) {
    query.whereNot(inner => whereMatches(knex, inner, criteria.not));
  } else {
    whereTerm(knex, query, criteria);
  }
}

function whereTerm(
  knex: Knex,
  query: Knex.QueryBuilder,
  { field, values }: AwsAccessRequestTerm,
): void {
  const ofPlan = (table: string) =>
    knex(`${table} as of_plan`)
      .select(knex.raw('1'))
      .whereRaw('of_plan.request_id = request.id')
      .whereRaw('of_plan.plan_version = request.plan_version');
  switch (field) {
    case 'requester':
      query.whereIn('request.requester_ref', values);
      return;
    case 'team':
      query.whereIn('request.team_ref', values);
      return;
    case 'state':
      query.whereIn('request.state', values);
      return;
    case 'gaining':
      query.whereExists(
        ofPlan('aws_access_request_people').whereIn('entity_ref', values),
      );
      return;
    case 'account':
      query.whereExists(
        ofPlan('aws_access_request_accounts').whereIn('account_id', values),
      );
      return;
    case 'approver':
      query.where(inner =>
        inner
          .whereExists(
            ofPlan('aws_access_request_asked').whereIn('entity_ref', values),
          )
          .orWhereExists(
            ofPlan('aws_access_decisions').whereIn('entity_ref', values),
          ),
      );
      return;
    default:
      throw new Error(`Requests are not found by '${field}'`);
  }
}
