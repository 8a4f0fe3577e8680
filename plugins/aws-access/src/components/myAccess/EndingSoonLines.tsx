import { ButtonLink } from '@backstage/ui';
import { useTexts } from '../../hooks/useTexts';
import { MyEntry } from '../../model/groupMyAccess';
import { useRoutes } from '../../routes';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { TimeLeft } from '../common/TimeLeft';
import classes from './RequestLines.module.css';

/** Access that is about to end, with a way to ask for it again. */
export function EndingSoonLines(props: { entries: readonly MyEntry[] }) {
  const t = useTexts();
  const routes = useRoutes();
  return (
    <ul className={classes.lines}>
      {props.entries.map(({ entry, request }) => (
        <li key={entry.id} className={classes.line}>
          <span className={classes.main}>
            {entry.account.name} ({entry.account.id}) ·{' '}
            {entry.permissionSet.name}
          </span>
          <EnvironmentChip environment={entry.account.environment} />
          <TimeLeft until={entry.until} isEndingSoon />
          <ButtonLink
            size="small"
            variant="secondary"
            href={routes.requestForm({
              team: request?.team,
              account: entry.account.id,
              permissionSet: entry.permissionSet.arn,
            })}
          >
            {t('myAccess.askAgain')}
          </ButtonLink>
        </li>
      ))}
    </ul>
  );
}
