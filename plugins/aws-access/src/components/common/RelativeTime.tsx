import { useNow } from '../../hooks/useNow';
import { useTexts } from '../../hooks/useTexts';
import { absoluteTime, relativeTime } from '../../model/relativeTime';

/** A moment relative to now; the absolute time is on hover and in the DOM. */
export function RelativeTime(props: {
  at: string;
  /** The absolute time is written out as well, where somebody plans by it. */
  isExact?: boolean;
}) {
  const t = useTexts();
  const now = useNow();
  return (
    <time dateTime={props.at} title={absoluteTime(props.at)}>
      {relativeTime(props.at, now) ?? t('time.now')}
      {props.isExact && ` (${absoluteTime(props.at, { isShort: true })})`}
    </time>
  );
}
