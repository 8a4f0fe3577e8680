import type { GraphAnswer, GraphCall } from '../protocol/GraphCall';
import type { TrackedType } from '../protocol/recordMutation';
import { sealToken } from '../protocol/opaqueToken';
import type { GraphSource } from '../query/GraphSource';
import type { GraphObject, GraphType } from '../query/GraphType';
import { pickProperties, readSelect } from '../query/pickProperties';
import {
  DeltaMark,
  latestChange,
  readDeltaMark,
  startDeltaMark,
} from './deltaMark';
import { changedMembers, readMembers } from './deltaMembers';

const PAGE = 100;

/** A collection whose changes can be followed. */
export type DeltaCollection = {
  type: GraphType;
  tracked: TrackedType;
  source: (context: GraphCall['context']) => GraphSource;
  /** Where its objects are stored, those that no reader sees yet included. */
  table: string;
  /** Whether its objects have members, which are told apart from their properties. */
  members?: boolean;
};

type Round = {
  value: GraphObject[];
  next: DeltaMark | undefined;
  /** Up to which change all are told. */
  until: number;
};

const wantsMembers = ({ members }: DeltaCollection, { select }: DeltaMark) =>
  members === true && (!select || select.split(',').includes('members'));

function selection({ type }: DeltaCollection, { select }: DeltaMark) {
  const own = select
    ?.split(',')
    .filter(name => name !== 'members')
    .join(',');
  const selected = readSelect(own, type);
  // The id comes along: without it nobody could tell what changed.
  return select ? [...new Set(['id', ...(selected ?? [])])] : undefined;
}

/** The first round: everything there is. A group with many members comes on several pages. */
function readAll(
  call: GraphCall,
  collection: DeltaCollection,
  mark: DeltaMark,
): Round {
  const selected = selection(collection, mark);
  const { after, group, member } = mark.reading ?? { after: 0 };
  const ids = mark.ids;
  const objects = collection.source(call.context).page({
    // A group that was cut off comes again, with the rest of its members.
    after: group === undefined ? after : after - 1,
    condition: ids && {
      sql: `id IN (${ids.map(() => '?').join(', ')})`,
      parameters: ids,
    },
    limit: PAGE + 1,
  });
  const value: GraphObject[] = [];
  let budget = PAGE * 10;
  for (const object of objects.slice(0, PAGE)) {
    const told: GraphObject = pickProperties(object, collection.type, selected);
    const seq = Number(object.seq);
    if (wantsMembers(collection, mark)) {
      const start = seq === group ? member : undefined;
      const read = readMembers(call, String(object.id), start, budget);
      budget -= read.members.length;
      if (read.members.length) {
        told['members@delta'] = read.members;
      }
      if (read.next !== undefined) {
        value.push(told);
        return {
          value,
          until: mark.changesUntil,
          next: {
            ...mark,
            reading: { after: seq, group: seq, member: read.next },
          },
        };
      }
    }
    value.push(told);
  }
  const last = objects[PAGE - 1];
  return {
    value,
    until: mark.changesUntil,
    next:
      objects.length > PAGE
        ? { ...mark, reading: { after: Number(last.seq) } }
        : undefined,
  };
}

/** A later round: every object with a change, as it is now, and those that went. */
function readChanges(
  call: GraphCall,
  collection: DeltaCollection,
  mark: DeltaMark,
): Round {
  const { store } = call.context;
  const { changesAfter = 0, changesUntil, ids } = mark;
  const changed = store.all<{ id: string; first: number; own: number }>(
    `SELECT object_id AS id, min(seq) AS first, max(member_id IS NULL) AS own
     FROM entra_changes WHERE object_type = ? AND seq > ? AND seq <= ?
     GROUP BY object_id ORDER BY min(seq)`,
    [collection.tracked, changesAfter, changesUntil],
  );
  const selected = selection(collection, mark);
  const value: GraphObject[] = [];
  let until = changesUntil;
  for (const { id, own, first } of changed) {
    if (ids && !ids.includes(id)) {
      continue;
    }
    const [object] = collection
      .source(call.context)
      .page({ condition: { sql: 'id = ?', parameters: [id] }, limit: 1 });
    if (
      !object &&
      store.get(
        `SELECT 1 FROM ${collection.table} WHERE id = ? AND deleted_at IS NULL`,
        [id],
      )
    ) {
      // No reader sees it yet, so the next round tells this change again.
      until = Math.min(until, first - 1);
      continue;
    }
    if (!object) {
      // It can be restored from the recycle bin; what is gone for good would say "deleted".
      value.push({ id, '@removed': { reason: 'changed' } });
      continue;
    }
    const members = wantsMembers(collection, mark)
      ? changedMembers(call, id, changesAfter, changesUntil)
      : [];
    if (!own && members.length === 0) {
      continue;
    }
    value.push({
      ...(mark.minimal && !own
        ? { id }
        : pickProperties(object, collection.type, selected)),
      ...(members.length ? { 'members@delta': members } : {}),
    });
  }
  return { value, next: undefined, until };
}

/**
 * Answers a delta query: everything once, then what changed since the last
 * link. A change may come twice, as in Graph; none is left out.
 */
export function answerDelta(
  call: GraphCall,
  collection: DeltaCollection,
): GraphAnswer {
  const known = readDeltaMark(call);
  const mark = known ?? startDeltaMark(call);
  selection(collection, mark);
  const later = known !== undefined && known.reading === undefined;
  const latestOnly = call.query.get('$deltatoken') === 'latest';
  const until = later ? latestChange(call) : mark.changesUntil;
  const current: DeltaMark = later
    ? { ...mark, changesAfter: mark.changesUntil, changesUntil: until }
    : mark;
  let round: Round = { value: [], next: undefined, until };
  if (!latestOnly) {
    round = later
      ? readChanges(call, collection, current)
      : readAll(call, collection, current);
  }
  const { value, next } = round;
  const link = (name: string, content: DeltaMark) =>
    `${call.serviceRoot}${call.path}?${name}=${sealToken(
      call.context.store,
      content,
    )}`;
  const { reading: _, changesAfter: __, ...finished } = current;
  return {
    status: 200,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#${
        call.path.split('/')[1]
      }`,
      ...(next
        ? { '@odata.nextLink': link('$skiptoken', next) }
        : {
            '@odata.deltaLink': link('$deltatoken', {
              ...finished,
              changesUntil: round.until,
              issuedAt: call.context.clock.now(),
            }),
          }),
      value,
    },
  };
}
