import { accountSearchDocumentSchema } from 'backstage-plugin-aws-access-common';
import { EnvironmentChip } from '../components/common/EnvironmentChip';
import { useTexts } from '../hooks/useTexts';
import { useRoutes } from '../routes';
import { ResultLayout } from './ResultLayout';
import classes from './ResultLayout.module.css';
import { ResultProps } from './ResultProps';

/** An account that was found; it leads to a request with the account chosen. */
export function AccountResult({ result, icon }: ResultProps) {
  const t = useTexts();
  const routes = useRoutes();
  const { data } = accountSearchDocumentSchema.safeParse(result);
  if (!data) return null;
  return (
    <ResultLayout
      icon={icon}
      href={routes.requestForm({ account: data.accountId })}
      name={data.title}
      chips={
        <>
          <span className={classes.id}>{data.accountId}</span>
          <EnvironmentChip environment={data.environment} />
        </>
      }
      kind={[t('search.account'), data.organizationalUnit]
        .filter(part => part !== '')
        .join(' · ')}
    />
  );
}
