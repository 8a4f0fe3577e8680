import {
  FINAL_REQUEST_STATES,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { Tone } from './Tone';

/** The colour beside each state's word. */
export const STATE_TONES: Record<RequestState, Tone> = {
  submitted: 'info',
  pending: 'warning',
  approved: 'info',
  provisioning: 'info',
  propagating: 'info',
  active: 'success',
  ending: 'info',
  ended: 'neutral',
  stuck: 'danger',
  denied: 'danger',
  rejected: 'danger',
  withdrawn: 'neutral',
  lapsed: 'neutral',
};

const MOVING: readonly RequestState[] = [
  'submitted',
  'approved',
  'provisioning',
  'propagating',
  'ending',
];

/** Whether the engine works on a request right now. */
function isMoving(state: RequestState): boolean {
  return MOVING.includes(state);
}

/** Whether nothing can happen to a request any more. */
export function isFinal(state: RequestState): boolean {
  return FINAL_REQUEST_STATES.includes(state);
}

/** Whether somebody still waits for the access of this request. */
export function isOnItsWay(state: RequestState): boolean {
  return !isFinal(state) && state !== 'active' && state !== 'ending';
}

/** Milliseconds until a request in this state is worth another look. */
export function getPollInterval(state: RequestState): number {
  if (isMoving(state)) return 2_000;
  if (isFinal(state)) return 5 * 60_000;
  return 10_000;
}
