import { requestSearchDocumentSchema } from 'backstage-plugin-aws-access-common';
import { Fragment } from 'react';
import { AccessLevelChip } from '../components/common/AccessLevelChip';
import { EnvironmentChip } from '../components/common/EnvironmentChip';
import { StateChip } from '../components/common/StateChip';
import { useTexts } from '../hooks/useTexts';
import { useRoutes } from '../routes';
import { ResultLayout } from './ResultLayout';
import classes from './ResultLayout.module.css';
import { ResultProps } from './ResultProps';

/** A request that was found, with how far it is and what it is about. */
export function RequestResult({ result, icon }: ResultProps) {
  const t = useTexts();
  const routes = useRoutes();
  const { data } = requestSearchDocumentSchema.safeParse(result);
  if (!data) return null;
  const { accounts, permissionSets } = data;
  const more = data.accountCount - accounts.length;
  return (
    <ResultLayout
      icon={icon}
      href={routes.request(data.requestId)}
      name={t('search.request', { number: String(data.number) })}
      chips={<StateChip state={data.state} isDone={data.isDone} />}
      kind={t('search.requestKind', { team: data.team.split('/').pop()! })}
    >
      <div className={classes.line}>
        {permissionSets.map(set => (
          <Fragment key={set.name}>
            <span>{set.name}</span>
            <AccessLevelChip level={set.accessLevel} />
          </Fragment>
        ))}
        {permissionSets.length > 0 && accounts.length > 0 && (
          <span>{t('search.inAccount')}</span>
        )}
        {accounts.map(account => (
          <Fragment key={account.id}>
            <span>{account.name}</span>
            <span className={classes.id}>{account.id}</span>
            <EnvironmentChip environment={account.environment} />
          </Fragment>
        ))}
        {more > 0 && <span>{t('search.moreAccounts', { count: more })}</span>}
      </div>
    </ResultLayout>
  );
}
