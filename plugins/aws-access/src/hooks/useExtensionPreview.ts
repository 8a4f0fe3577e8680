import {
  RequestDetail,
  RequestInput,
} from 'backstage-plugin-aws-access-common';
import {
  HOUR_PRESETS,
  LongestDuration,
  presetsFor,
} from '../model/durationChoice';
import { useIdentity } from './useIdentity';
import { useLongestDuration } from './useLongestDuration';
import { usePreview } from './usePreview';
import { useRequest } from './useRequests';

/** A plan does not differ by the reason, which is written last. */
const NO_REASON_YET = '-';

/**
 * How long an extension of a request may be asked for, and what the policy says
 * to the duration that is chosen, before it is filed.
 *
 * @param duration - ISO-8601; undefined = not chosen, or out of bounds
 */
export function useExtensionPreview(
  id: string,
  duration: string | undefined,
): {
  /** What is extended, in a sentence; undefined = not known yet. */
  title: string | undefined;
  /** Durations that suit what is extended; undefined = the usual ones. */
  presets: readonly string[] | undefined;
  longest: LongestDuration | undefined;
  /** Why the policy refuses it; undefined = it does not, or is not known yet. */
  refusal: string | undefined;
} {
  const request = useRequest(id).data;
  const viewer = useIdentity().data?.userEntityRef;
  const input =
    request && viewer && duration
      ? toInput(request, viewer, duration)
      : undefined;
  const preview = usePreview(input);
  const longest = useLongestDuration(input, preview);
  const said = preview.isCurrent ? preview.preview : undefined;
  const refusals = said && [
    ...said.denials,
    ...said.problems.flatMap(({ path, message, fix }) =>
      path === 'duration' ? `${message} ${fix}` : [],
    ),
  ];
  return {
    title: request && (request.goesOn?.title ?? request.title),
    presets: request && presetsLike(request),
    longest,
    refusal: refusals?.length ? refusals.join(' ') : undefined,
  };
}

/** As the server files them: what has ended in an account is not extended. */
function wishesOf({ goesOn, changes }: RequestDetail) {
  return goesOn?.changes ?? changes;
}

/** Days suit what was given for days, and hours what has rights of its own. */
function presetsLike(request: RequestDetail) {
  const { duration } = request;
  const presets = presetsFor(wishesOf(request).map(({ kind }) => kind));
  return presets === HOUR_PRESETS || presets?.includes(duration ?? '')
    ? presets
    : undefined;
}

/**
 * The same wishes, without what has ended of them; the names of groups are those of
 * the first request's.
 */
function toInput(
  request: RequestDetail,
  viewer: string,
  duration: string,
): RequestInput {
  const { requester } = request;
  return {
    organizationId: request.organizationId,
    ...(requester.entityRef !== viewer && { onBehalfOf: requester.entityRef }),
    team: request.team,
    justification: NO_REASON_YET,
    ...(request.ticket !== null && { ticket: request.ticket }),
    duration,
    changes: wishesOf(request).map(change => {
      if (change.kind !== 'accessGroup') return change;
      const { name: _, ...nameless } = change;
      return nameless;
    }),
  };
}
