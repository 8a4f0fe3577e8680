import { randomUUID } from 'node:crypto';
import type { SandboxContext } from '../../server/SandboxContext';

/** What an event is made from; the rest every event has. */
export interface TrailEvent {
  /** The account in whose trail the event is. */
  readonly accountId: string;
  readonly name: string;
  readonly source: string;
  readonly at: number;
  readonly readOnly?: boolean;
  /** `Username` of the lookup; absent for people of Identity Center, whom only their user id names. */
  readonly userName?: string;
  readonly accessKeyId?: string;
  readonly region: string;
  readonly resources?: { ResourceType: string; ResourceName: string }[];
  readonly userIdentity: object;
  /** Further members of the event's JSON. */
  readonly members?: object;
}

/** How CloudTrail writes a time inside an event. */
const isoSeconds = (milliseconds: number) =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Writes an event into the trail of an account, where it can be looked up only after CloudTrail's usual delay. */
export function writeTrailEvent(
  { store, switches }: Pick<SandboxContext, 'store' | 'switches'>,
  event: TrailEvent,
): void {
  const eventId = randomUUID();
  const readOnly = event.readOnly ?? false;
  store.insert('aws_trail_events', {
    event_id: eventId,
    account_id: event.accountId,
    event_time: event.at,
    visible_at: event.at + switches.trailDelayMs,
    event_name: event.name,
    event_source: event.source,
    user_name: event.userName,
    access_key_id: event.accessKeyId,
    read_only: readOnly ? 1 : 0,
    resources_json: JSON.stringify(event.resources ?? []),
    event_json: JSON.stringify({
      eventVersion: '1.11',
      userIdentity: event.userIdentity,
      eventTime: isoSeconds(event.at),
      eventSource: event.source,
      eventName: event.name,
      awsRegion: event.region,
      sourceIPAddress: '127.0.0.1',
      requestParameters: null,
      responseElements: null,
      eventID: eventId,
      readOnly,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: event.accountId,
      eventCategory: 'Management',
      ...event.members,
    }),
  });
}
