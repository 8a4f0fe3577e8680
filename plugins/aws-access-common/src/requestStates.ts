/**
 * Every state an access request can be in.
 *
 * @public
 */
export const REQUEST_STATES = [
  'submitted',
  'pending',
  'approved',
  'provisioning',
  'propagating',
  'active',
  'ending',
  'ended',
  'stuck',
  'denied',
  'rejected',
  'withdrawn',
  'lapsed',
] as const;

/** @public */
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * The one transition table. A state that is not listed for another cannot follow
 * it; the database refuses it too, because every change is guarded by the state
 * it leaves.
 *
 * @public
 */
export const REQUEST_TRANSITIONS: Readonly<
  Record<RequestState, readonly RequestState[]>
> = {
  submitted: ['pending', 'approved', 'denied'],
  // pending -> pending is a new plan version: its decisions count anew.
  pending: ['pending', 'approved', 'rejected', 'withdrawn', 'lapsed', 'denied'],
  // approved -> pending: the world moved and the approved plan no longer covers it.
  approved: ['provisioning', 'pending', 'lapsed', 'withdrawn'],
  // provisioning -> ended: it only took away or changed, and holds nothing.
  provisioning: ['propagating', 'active', 'stuck', 'ending', 'ended'],
  propagating: ['active', 'stuck', 'ending', 'ended'],
  active: ['ending'],
  ending: ['ended', 'stuck'],
  // retry goes back to the phase the failed step belongs to.
  stuck: ['provisioning', 'propagating', 'ending'],
  ended: [],
  denied: [],
  rejected: [],
  withdrawn: [],
  lapsed: [],
};

/**
 * States in which a request may give access.
 *
 * @public
 */
export const HOLDING_REQUEST_STATES: readonly RequestState[] = [
  'provisioning',
  'propagating',
  'active',
  'stuck',
];

/**
 * States in which nothing can happen to a request any more.
 *
 * @public
 */
export const FINAL_REQUEST_STATES: readonly RequestState[] =
  REQUEST_STATES.filter(state => REQUEST_TRANSITIONS[state].length === 0);

/**
 * Whether a request in state `from` may go to state `to`.
 *
 * @public
 */
export function isRequestTransition(from: RequestState, to: RequestState) {
  return REQUEST_TRANSITIONS[from].includes(to);
}
