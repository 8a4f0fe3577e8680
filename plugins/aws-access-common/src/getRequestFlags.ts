import {
  FINAL_REQUEST_STATES,
  HOLDING_REQUEST_STATES,
  RequestState,
} from './requestStates';
import { AccountRef } from './wire/plan';
import { RequestFlags } from './wire/requests';

/**
 * What the server knows of the viewer in relation to one request.
 *
 * @public
 */
export interface RequestViewer {
  isRequester: boolean;
  /** Requester, filer, or somebody whose access would grow, under any identity. */
  benefits: boolean;
  /** Named by an open stage, mapped to a person, and not excluded. */
  isEligibleApprover: boolean;
  hasDecided: boolean;
  isOperator: boolean;
  /**
   * Security, or owner or approver of it: may take access away at once. An owner
   * of only some of its accounts may not where {@link RequestViewer.endsOnly}
   * cannot be told apart from the rest.
   */
  canRevoke: boolean;
  /** Used a token that carries no actor (security rule 10). */
  isUserThemselves: boolean;
  /** Less than all of it could be approved; left out = it could. */
  isNarrowable?: boolean;
  /**
   * It took access of others under management, which asking for that does not
   * make one's own to give back; left out = it did not.
   */
  adopts?: boolean;
  /** Accounts in which they may end it, the rest staying; left out = all of it. */
  endsOnly?: AccountRef[];
  /** Why they end nothing, or nothing but `endsOnly`, in plain words. */
  whyNotReturn?: string;
}

/**
 * Why somebody does not decide on a request, in plain words: the same on its page
 * and where a decision is refused.
 *
 * @public
 */
export const WHY_NOT_DECIDE = {
  isRequester:
    'Who filed a request, or has it filed for them, does not decide on it.',
  benefits: 'Nobody decides on a request that benefits them.',
  isNotPending: 'This request does not wait for a decision.',
  hasDecided: 'You have decided on this plan already.',
  isNoApprover: 'You are not an approver of a stage that is still open.',
  isActor:
    'Decisions are made by people themselves, not by something that acts for them.',
} as const;

/**
 * The one place that says what a viewer may do with a request. The page shows
 * the result; the server asks again when the call comes.
 *
 * @public
 */
export function getRequestFlags(
  state: RequestState,
  viewer: RequestViewer,
): RequestFlags {
  const decideReason = whyNotDecide(state, viewer);
  const canReturn =
    HOLDING_REQUEST_STATES.includes(state) &&
    ((viewer.isRequester && !viewer.adopts) || viewer.canRevoke);
  return {
    canApprove: decideReason === null,
    canReject: decideReason === null,
    canNarrow: decideReason === null && viewer.isNarrowable !== false,
    canExtend: viewer.isRequester && state === 'active',
    canResubmit: viewer.isRequester && FINAL_REQUEST_STATES.includes(state),
    decideReason,
    canWithdraw:
      viewer.isRequester && (state === 'pending' || state === 'approved'),
    canReturn,
    endsOnly: (canReturn && viewer.endsOnly) || null,
    returnReason:
      (HOLDING_REQUEST_STATES.includes(state) &&
        (!canReturn || viewer.endsOnly) &&
        viewer.whyNotReturn) ||
      null,
    canRetry: state === 'stuck' && (viewer.isRequester || viewer.isOperator),
    canComment: true,
  };
}

function whyNotDecide(
  state: RequestState,
  viewer: RequestViewer,
): string | null {
  if (viewer.isRequester) return WHY_NOT_DECIDE.isRequester;
  if (viewer.benefits) return WHY_NOT_DECIDE.benefits;
  if (state !== 'pending') return WHY_NOT_DECIDE.isNotPending;
  if (viewer.hasDecided) return WHY_NOT_DECIDE.hasDecided;
  if (!viewer.isEligibleApprover) return WHY_NOT_DECIDE.isNoApprover;
  if (!viewer.isUserThemselves) return WHY_NOT_DECIDE.isActor;
  return null;
}
