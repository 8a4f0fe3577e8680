import { InputError } from '@backstage/errors';
import {
  RequestsResponse,
  RequestSummary,
} from 'backstage-plugin-aws-access-common';
import { RequestRelations } from '../../authorization/RequestRelations';
import { Caller } from '../../authorization/Viewer';
import { Stores } from '../../database/Stores';
import { RequestAssembler } from './RequestAssembler';
import { decidingKeys, readingKeys, requestKey } from '../stores/requestKeys';
import {
  hasSearchedWords,
  requestWords,
  searchedWords,
} from '../stores/requestWords';
import { LoadedRequest, RequestLoader } from './RequestLoader';
import { RequestListQuery, RequestScope } from '../RequestService';
import { RequestFilter } from '../stores/RequestStore';

/** Most of an inbox is wanted, so that little more than a page is read. */
const READ_AT_ONCE = 50;
/** What the databases keep as a number. */
const GREATEST_NUMBER = 2 ** 31 - 1;

interface Services {
  stores: Pick<Stores, 'requests'>;
  loader: RequestLoader;
  assembler: RequestAssembler;
  relations: RequestRelations;
}

/**
 * A page of requests, newest first. Keys find them through an index; some rules
 * are known to the catalog only, so rows are read until the page is full or there
 * are no more.
 */
export async function listRequests(
  services: Services,
  query: RequestListQuery,
  caller: Caller,
  scope?: RequestScope,
): Promise<RequestsResponse> {
  const words = searchedWords(query.search ?? '');
  const filter: RequestFilter = {
    limit: Math.min(query.limit + 1, READ_AT_ONCE),
    keys: await keysOf(services.relations, query, caller, scope),
    ...(query.cursor && { beforeNumber: readCursor(query.cursor) }),
    ...(query.permissionSet && {
      organizationId: query.permissionSet.organizationId,
    }),
    ...(query.team && { teamRef: query.team }),
    ...(query.state && { states: [query.state] }),
    ...(scope?.matching && { matching: scope.matching }),
    ...(words.length > 0 && { words }),
  };
  if (query.view === 'inbox') {
    filter.states = (filter.states ?? ['pending']).filter(
      state => state === 'pending',
    );
  }
  const page: LoadedRequest[] = [];
  for (;;) {
    const rows = await services.stores.requests.list(filter);
    const loaded = await services.loader.loadAll(rows, caller.directory);
    const wanted = await Promise.all(
      loaded.map(one =>
        isWanted(one, services, { ...query, words }, caller, scope),
      ),
    );
    page.push(...loaded.filter((_one, index) => wanted[index]));
    if (page.length > query.limit || rows.length < filter.limit) break;
    filter.beforeNumber = rows[rows.length - 1].number;
  }
  const items: RequestSummary[] = await Promise.all(
    page
      .slice(0, query.limit)
      .map(one => services.assembler.summary(one, caller)),
  );
  return {
    items,
    nextCursor:
      page.length > query.limit ? String(items[items.length - 1].number) : null,
  };
}

/** Under what to look; undefined = all requests. */
async function keysOf(
  relations: RequestRelations,
  query: RequestListQuery,
  caller: Caller,
  scope: RequestScope | undefined,
): Promise<string[] | undefined> {
  if (query.permissionSet) {
    return [requestKey.changesPermissionSet(query.permissionSet.name)];
  }
  switch (query.view) {
    case 'mine':
      return [requestKey.concerns(caller.userRef)];
    case 'inbox':
      return decidingKeys(await relations.finderOf(caller));
    default:
      return !scope || scope.readsAll
        ? undefined
        : readingKeys(await relations.finderOf(caller));
  }
}

async function isWanted(
  loaded: LoadedRequest,
  services: Services,
  query: RequestListQuery & { words: string[] },
  caller: Caller,
  scope: RequestScope | undefined,
): Promise<boolean> {
  if (scope && !(await scope.allows(loaded))) return false;
  if (query.words.length > 0) {
    // A word of what is kept back from the reader must not find: finding tells
    // that it is there (security rule 29).
    const { row } = loaded;
    const shown = await services.assembler.shownPlan(loaded, caller);
    if (!hasSearchedWords(query.words, requestWords(row, shown), row.state)) {
      return false;
    }
  }
  if (query.view !== 'inbox') return true;
  const relation = await services.relations.relate(loaded, caller);
  return relation.isEligibleApprover;
}

/** The cursor is the number of the last request of the page before. */
function readCursor(cursor: string): number {
  const number = /^\d{1,10}$/.test(cursor) ? Number(cursor) : 0;
  if (number < 1 || number > GREATEST_NUMBER) {
    throw new InputError('cursor: must be the nextCursor of a former answer');
  }
  return number;
}
