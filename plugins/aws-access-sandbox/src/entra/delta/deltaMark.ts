import type { GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { openToken } from '../protocol/opaqueToken';

/** As documented for directory objects. */
const LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** What a token of a delta query stands for. */
export type DeltaMark = {
  /** The collection that it belongs to. */
  collection: string;
  /** When it was handed out, in milliseconds on the sandbox clock. */
  issuedAt: number;
  /** The first query, whose options hold for the whole series. */
  select?: string;
  ids?: string[];
  minimal?: boolean;
  /** The last change that the client knows of when this round is over. */
  changesUntil: number;
  /** In the first round, the last object and member told; absent in later ones. */
  reading?: { after: number; group?: number; member?: number };
  /** In later rounds, the last change told. */
  changesAfter?: number;
};

/** The newest change of all. */
export function latestChange({ context }: GraphCall): number {
  return (
    context.store.get<{ seq: number | null }>(
      'SELECT max(seq) AS seq FROM entra_changes',
    )?.seq ?? 0
  );
}

/**
 * Reads the token of a delta query.
 *
 * @returns undefined for a first request
 * @throws GraphError 400 for a token that is not one, 410 for one that is too old
 */
export function readDeltaMark(call: GraphCall): DeltaMark | undefined {
  const token = call.query.get('$deltatoken') ?? call.query.get('$skiptoken');
  // The Location of a 410 carries an empty one.
  if (!token || token === 'latest') {
    return undefined;
  }
  const mark = openToken<DeltaMark>(call.context.store, token);
  if (!mark || mark.collection !== call.path) {
    throw GraphError.badRequest('Badly formed token.');
  }
  if (mark.issuedAt + LIFETIME_MS <= call.context.clock.now()) {
    throw new GraphError(
      410,
      'syncStateNotFound',
      'The sync state generation is not found. The delta token is expired and data must be synchronized again.',
      { Location: `${call.serviceRoot}${call.path}?$deltatoken=` },
    );
  }
  return mark;
}

const ID_CLAUSE = /^id\s+eq\s+'([0-9a-f-]{36})'$/i;

/** As documented for delta queries of single objects. */
const MAXIMUM_IDS = 50;

/** Reads the options of a first request, which the tokens carry on. */
export function startDeltaMark(call: GraphCall): DeltaMark {
  for (const option of ['$top', '$expand', '$orderby', '$search', '$count']) {
    if (call.query.has(option)) {
      throw new GraphError(
        400,
        'Request_UnsupportedQuery',
        `The query option '${option}' is not supported with delta.`,
      );
    }
  }
  const filter = call.query.get('$filter');
  const ids = filter
    ?.split(/\s+or\s+/)
    .map(clause => ID_CLAUSE.exec(clause.trim())?.[1].toLowerCase());
  if (ids?.some(id => !id) || (ids && ids.length > MAXIMUM_IDS)) {
    throw new GraphError(
      400,
      'Request_UnsupportedQuery',
      `Delta takes only a $filter of up to ${MAXIMUM_IDS} ids.`,
    );
  }
  return {
    collection: call.path,
    issuedAt: call.context.clock.now(),
    select: call.query.get('$select') ?? undefined,
    ids: ids as string[] | undefined,
    minimal: /\breturn=minimal\b/.test(call.headers.prefer ?? ''),
    changesUntil: latestChange(call),
  };
}
