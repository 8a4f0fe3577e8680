import {
  RequestDetail,
  TimelineEvent,
} from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import classes from './timeline.module.css';

/** What happened to a request: who, what, when. */
export function TimelineSection({ request }: { request: RequestDetail }) {
  const t = useTexts();
  return (
    <Section title={t('detail.timeline')}>
      <ol className={classes.timeline}>
        {request.timeline
          .filter(event => event.kind !== 'commented')
          .map(event => (
            <TimelineLine key={event.sequence} event={event} />
          ))}
      </ol>
    </Section>
  );
}

function TimelineLine({ event }: { event: TimelineEvent }) {
  const t = useTexts();
  return (
    <li className={classes.event} data-kind={event.kind}>
      <span>{event.text}</span>
      <span className={classes.meta}>
        {event.actor ? (
          <PersonLink person={event.actor} />
        ) : (
          t('detail.product')
        )}{' '}
        · <RelativeTime at={event.at} />
      </span>
    </li>
  );
}
