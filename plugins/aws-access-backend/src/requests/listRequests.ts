import { InputError } from '@backstage/errors';
import {
  RequestsResponse,
  RequestSummary,
} from 'backstage-plugin-aws-access-common';
import { RequestRelations } from '../authorization/RequestRelations';
import { Caller } from '../authorization/Viewer';
import { Stores } from '../database/Stores';
import { RequestAssembler } from './RequestAssembler';
import { LoadedRequest, RequestLoader } from './RequestLoader';
import { RequestListQuery, RequestScope } from './RequestService';
import { RequestFilter } from './RequestStore';

const READ_AT_ONCE = 50;

interface Services {
  stores: Pick<Stores, 'requests'>;
  loader: RequestLoader;
  assembler: RequestAssembler;
  relations: RequestRelations;
}

/**
 * A page of requests, newest first. Some rules are known to the catalog only, so
 * rows are read until the page is full or there are no more.
 */
export async function listRequests(
  services: Services,
  query: RequestListQuery,
  caller: Caller,
  scope?: RequestScope,
): Promise<RequestsResponse> {
  const items: RequestSummary[] = [];
  const filter: RequestFilter = {
    limit: READ_AT_ONCE,
    ...(query.cursor && { beforeNumber: readCursor(query.cursor) }),
    ...(query.team && { teamRef: query.team }),
    ...(query.state && { states: [query.state] }),
    ...(query.view === 'mine' && { concerning: caller.userRef }),
    ...(scope?.visibleTo && { visibleTo: scope.visibleTo }),
    ...(scope?.matching && { matching: scope.matching }),
  };
  if (query.view === 'inbox') {
    filter.states = (filter.states ?? ['pending']).filter(
      state => state === 'pending',
    );
  }
  for (;;) {
    const rows = await services.stores.requests.list(filter);
    for (const row of rows) {
      if (items.length === query.limit) {
        return { items, nextCursor: String(items[items.length - 1].number) };
      }
      const loaded = await services.loader.load(row, caller.directory);
      if (await isWanted(loaded, services, query, caller, scope)) {
        items.push(await services.assembler.summary(loaded, caller));
      }
    }
    if (rows.length < READ_AT_ONCE) return { items, nextCursor: null };
    filter.beforeNumber = rows[rows.length - 1].number;
  }
}

async function isWanted(
  loaded: LoadedRequest,
  services: Services,
  query: RequestListQuery,
  caller: Caller,
  scope: RequestScope | undefined,
): Promise<boolean> {
  if (scope && !(await scope.allows(loaded))) return false;
  if (query.view !== 'inbox') return true;
  const relation = await services.relations.relate(loaded, caller);
  return relation.isEligibleApprover;
}

/** The cursor is the number of the last request of the page before. */
function readCursor(cursor: string): number {
  const number = Number(cursor);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new InputError('cursor: must be the nextCursor of a former answer');
  }
  return number;
}
