import { Text } from '@backstage/ui';
import {
  RequestDetail,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { forwardRef } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { RelativeTime } from '../common/RelativeTime';
import { StateChip } from '../common/StateChip';
import classes from './detail.module.css';

/**
 * The state in a word and a sentence: what it waits for, what may still live.
 * Changes of it are read aloud, and it takes the focus after an action.
 */
export const RequestHeadline = forwardRef<
  HTMLDivElement,
  { request: RequestDetail }
>(({ request }, ref) => (
  <div ref={ref} className={classes.headline} role="status" tabIndex={-1}>
    <StateChip
      state={request.state}
      isDone={request.isDone}
      isHeld={isAtWork(request.state) && request.stateReason !== null}
    />
    <Text as="span">
      <StateSentence request={request} />
    </Text>
  </div>
));

function StateSentence({ request }: { request: RequestDetail }) {
  const t = useTexts();
  const { state, stateReason, endsAt } = request;
  switch (state) {
    case 'pending':
      return request.waitingFor.length > 0
        ? t('detail.headline.pending', {
            stages: request.waitingFor.join(', '),
          })
        : t('detail.headline.pendingNobody');
    case 'active':
      return endsAt
        ? t('detail.headline.activeUntil', {
            until: <RelativeTime isExact at={endsAt} />,
          })
        : t('detail.headline.active');
    case 'ended':
      if (request.isDone) {
        return t('detail.headline.done', {
          at: <RelativeTime at={request.updatedAt} />,
        });
      }
      return <EndedSentence request={request} />;
    case 'stuck':
      return t('detail.headline.stuck', { reason: stateReason ?? '' });
    default:
      if (isAtWork(state) && stateReason) {
        return t(`detail.held.${state}`, { reason: stateReason });
      }
      return (
        <>
          {t(`detail.headline.${state}`)} {stateReason}
        </>
      );
  }
}

/** The product works on it; a reason then says why it does not go on. */
function isAtWork(
  state: RequestState,
): state is 'approved' | 'provisioning' | 'propagating' | 'ending' {
  return ['approved', 'provisioning', 'propagating', 'ending'].includes(state);
}

/** So many reasons fit into a sentence. */
const MOST_STAYING = 3;

/**
 * "Ended" is not "gone": what other requests need, and what this product did not
 * make, stays, and is said here.
 */
function EndedSentence({ request }: { request: RequestDetail }) {
  const t = useTexts();
  const { openSessionsUntil, steps, updatedAt } = request;
  const at = <RelativeTime at={updatedAt} />;
  const until = openSessionsUntil && (
    <RelativeTime isExact at={openSessionsUntil} />
  );
  const staying = steps.flatMap(({ state, detail }) =>
    state === 'skipped' && detail ? detail : [],
  );
  if (staying.length === 0) {
    return (
      <>
        {t('detail.headline.ended', { at })}{' '}
        {until && t('detail.headline.openSessions', { until })}
      </>
    );
  }
  const first = staying.slice(0, MOST_STAYING).join('; ');
  const stays =
    staying.length > MOST_STAYING
      ? t('detail.headline.moreStays', {
          first,
          number: String(staying.length - MOST_STAYING),
        })
      : first;
  const isAllKept = !steps.some(
    ({ kind, state }) => kind.startsWith('remove') && state === 'done',
  );
  return isAllKept ? (
    <>{t('detail.headline.endedKept', { at, stays })}</>
  ) : (
    <>
      {t('detail.headline.endedInPart', { at, stays })}{' '}
      {until && t('detail.headline.openSessionsInPart', { until })}
    </>
  );
}
