import { Link, Text } from '@backstage/ui';
import { PermissionSetDetail } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import { StateChip } from '../common/StateChip';
import classes from './permissionSets.module.css';

/** Requests that make, change or remove it, newest first. */
export function HistorySection(props: {
  history: PermissionSetDetail['history'];
}) {
  const t = useTexts();
  const routes = useRoutes();
  return (
    <Section title={t('permissionSet.history')}>
      {props.history.length === 0 ? (
        <Text color="secondary">{t('permissionSet.noHistory')}</Text>
      ) : (
        <ul className={classes.lines}>
          {props.history.map(request => (
            <li key={request.requestId} className={classes.line}>
              <Link href={routes.request(request.requestId)}>
                {t('permissionSet.historyLine', {
                  number: String(request.requestNumber),
                  title: request.title,
                })}
              </Link>
              <span className={classes.headline}>
                <StateChip state={request.state} isDone={request.isDone} />
                <Text variant="body-small" color="secondary">
                  <RelativeTime at={request.submittedAt} />
                </Text>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
