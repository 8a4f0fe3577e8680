import { z } from 'zod';
import type { SqlValue } from '../../store/SandboxStore';
import { AwsError } from '../protocol/AwsError';
import { defineOperation } from '../protocol/AwsService';
import { readPage } from '../protocol/pages';
import { toEpochSeconds } from '../protocol/timestamps';

/** How long CloudTrail remembers. */
const HISTORY_MS = 90 * 24 * 3_600_000;

/** Pages go from the newest event to older ones, and a page's token grows: so it counts down from here. */
const NEWEST = 2 ** 52;

const COLUMNS: Record<string, string> = {
  EventId: 'event_id',
  EventName: 'event_name',
  EventSource: 'event_source',
  Username: 'user_name',
  AccessKeyId: 'access_key_id',
  ReadOnly: "CASE read_only WHEN 1 THEN 'true' ELSE 'false' END",
};

interface EventRow {
  seq: number;
  event_id: string;
  event_time: number;
  event_name: string;
  event_source: string;
  user_name: string | null;
  access_key_id: string | null;
  read_only: number;
  resources_json: string;
  event_json: string;
}

export const lookupEvents = defineOperation({
  name: 'LookupEvents',
  input: z.object({
    LookupAttributes: z
      .array(
        z.object({
          AttributeKey: z.enum([
            'EventId',
            'EventName',
            'ReadOnly',
            'Username',
            'ResourceType',
            'ResourceName',
            'EventSource',
            'AccessKeyId',
          ]),
          AttributeValue: z.string().min(1).max(2000),
        }),
      )
      .optional(),
    StartTime: z.number().optional(),
    EndTime: z.number().optional(),
    EventCategory: z.enum(['insight']).optional(),
    MaxResults: z.number().int().min(1).max(50).optional(),
    NextToken: z.string().optional(),
  }),
  handle(input, call) {
    const { StartTime, EndTime, LookupAttributes = [] } = input;
    if (LookupAttributes.length > 1) {
      throw new AwsError(
        'InvalidLookupAttributesException',
        'You can only use one lookup attribute.',
      );
    }
    if (
      StartTime !== undefined &&
      EndTime !== undefined &&
      StartTime > EndTime
    ) {
      throw new AwsError(
        'InvalidTimeRangeException',
        'The start time occurs after the end time.',
      );
    }
    if (input.EventCategory === 'insight') {
      return { Events: [] };
    }
    const [attribute] = LookupAttributes;
    const [condition, parameters] = conditionFor(attribute);
    const { rows, NextToken } = readPage({
      call,
      input,
      defaultSize: 50,
      invalidToken: () =>
        new AwsError('InvalidNextTokenException', 'Invalid token.'),
      read: (after, limit) =>
        call.context.store
          .all<EventRow>(
            `SELECT * FROM aws_trail_events
             WHERE account_id = :account AND seq < :before AND visible_at <= :now
               AND event_time >= :start AND event_time <= :end AND ${condition}
             ORDER BY seq DESC LIMIT :limit`,
            {
              ...parameters,
              account: call.caller.accountId,
              before: NEWEST - after,
              now: call.now,
              start: Math.max(call.now - HISTORY_MS, (StartTime ?? 0) * 1000),
              end: EndTime === undefined ? call.now : EndTime * 1000,
              limit,
            },
          )
          .map(row => ({ ...row, seq: NEWEST - row.seq })),
    });
    return { Events: rows.map(describe), NextToken };
  },
});

function conditionFor(
  attribute: { AttributeKey: string; AttributeValue: string } | undefined,
): [sql: string, parameters: Record<string, SqlValue>] {
  if (!attribute) {
    return ['1', {}];
  }
  const { AttributeKey: key, AttributeValue: value } = attribute;
  const column = COLUMNS[key];
  return column
    ? [`${column} = :value`, { value }]
    : [
        `EXISTS (SELECT 1 FROM json_each(resources_json) WHERE json_extract(value, '$.${key}') = :value)`,
        { value },
      ];
}

function describe(row: EventRow) {
  return {
    EventId: row.event_id,
    EventName: row.event_name,
    ReadOnly: String(row.read_only === 1),
    AccessKeyId: row.access_key_id ?? undefined,
    EventTime: toEpochSeconds(Math.floor(row.event_time / 1000) * 1000),
    EventSource: row.event_source,
    Username: row.user_name ?? undefined,
    Resources: JSON.parse(row.resources_json),
    CloudTrailEvent: row.event_json,
  };
}
