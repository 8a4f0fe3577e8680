import { Text } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
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
    <StateChip state={request.state} isDone={request.isDone} />
    <Text as="span">
      <StateSentence request={request} />
    </Text>
  </div>
));

function StateSentence({ request }: { request: RequestDetail }) {
  const t = useTexts();
  const { state, stateReason, endsAt, openSessionsUntil } = request;
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
            until: <RelativeTime at={endsAt} />,
          })
        : t('detail.headline.active');
    case 'ended':
      if (request.isDone) {
        return t('detail.headline.done', {
          at: <RelativeTime at={request.updatedAt} />,
        });
      }
      return (
        <>
          {t('detail.headline.ended', {
            at: <RelativeTime at={request.updatedAt} />,
          })}{' '}
          {openSessionsUntil &&
            t('detail.headline.openSessions', {
              until: <RelativeTime at={openSessionsUntil} />,
            })}
        </>
      );
    case 'stuck':
      return t('detail.headline.stuck', { reason: stateReason ?? '' });
    default:
      return (
        <>
          {t(`detail.headline.${state}`)} {stateReason}
        </>
      );
  }
}
