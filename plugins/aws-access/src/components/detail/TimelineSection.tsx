import {
  RequestDetail,
  TimelineEvent,
} from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import classes from './timeline.module.css';

/** Comments and steps have sections of their own, with their times. */
const SHOWN_ELSEWHERE: TimelineEvent['kind'][] = ['commented', 'stepDone'];

/** What happened to a request: who, what, when. */
export function TimelineSection({ request }: { request: RequestDetail }) {
  const t = useTexts();
  return (
    <Section title={t('detail.timeline')}>
      <ol className={classes.timeline}>
        {request.timeline
          .filter(event => !SHOWN_ELSEWHERE.includes(event.kind))
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
