import { Link } from '@backstage/ui';
import { RequestSummary } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { RelativeTime } from '../common/RelativeTime';
import { StateChip } from '../common/StateChip';
import classes from './RequestLines.module.css';

/** Requests as one line each: what, how far, since when. */
export function RequestLines(props: { requests: readonly RequestSummary[] }) {
  const t = useTexts();
  const routes = useRoutes();
  return (
    <ul className={classes.lines}>
      {props.requests.map(request => (
        <li key={request.id} className={classes.line}>
          <span className={classes.number}>{request.number}</span>
          <span className={classes.main}>
            <Link href={routes.request(request.id)}>{request.title}</Link>
          </span>
          <StateChip state={request.state} isDone={request.isDone} />
          <span className={classes.note}>
            {request.waitingFor.length > 0 &&
              `${t('myAccess.waitingFor', {
                stages: request.waitingFor.join(', '),
              })} · `}
            <RelativeTime at={request.updatedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
