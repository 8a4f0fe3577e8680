/**
 * Topic of the events service on which the backend says that a request moved.
 *
 * @public
 */
export const AWS_ACCESS_REQUEST_TOPIC = 'aws-access.request';

/**
 * What an event of the topic carries: refs and ids, never what a person typed.
 * Delivery is at least once and best effort; read the request for the truth.
 *
 * @public
 */
export interface AwsAccessRequestEvent {
  requestId: string;
  /** Its number, as people know it. */
  number: number;
  organizationId: string;
  /** What happened, e.g. `filed`, `approved`, `expired`. */
  what: string;
  /** State before; null when it was filed. */
  from: string | null;
  /** State since. */
  state: string;
  /** Null: the product itself. */
  actorRef: string | null;
  requesterRef: string;
  teamRef: string;
  planVersion: number;
}
