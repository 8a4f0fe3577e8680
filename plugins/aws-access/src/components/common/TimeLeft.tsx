import { useNow } from '../../hooks/useNow';
import { useTexts } from '../../hooks/useTexts';
import { formatDuration } from '../../model/formatDuration';
import { absoluteTime } from '../../model/relativeTime';
import { Chip } from './Chip';

/** `3 hr 12 min left`, or that there is no end. */
export function TimeLeft(props: {
  until: string | null;
  isEndingSoon?: boolean;
}) {
  const t = useTexts();
  const now = useNow();
  if (!props.until) return <Chip>{t('time.standing')}</Chip>;
  const left = Date.parse(props.until) - now;
  return (
    <time dateTime={props.until} title={absoluteTime(props.until)}>
      <Chip tone={props.isEndingSoon ? 'warning' : 'info'}>
        {left > 0
          ? t('time.left', { duration: formatDuration(left) })
          : t('time.ended')}
      </Chip>
    </time>
  );
}
