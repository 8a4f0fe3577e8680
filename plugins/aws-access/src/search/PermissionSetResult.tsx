import { permissionSetSearchDocumentSchema } from 'backstage-plugin-aws-access-common';
import { AccessLevelChip } from '../components/common/AccessLevelChip';
import { useTexts } from '../hooks/useTexts';
import { useRoutes } from '../routes';
import { ResultLayout } from './ResultLayout';
import classes from './ResultLayout.module.css';
import { ResultProps } from './ResultProps';

/** A permission set that was found, with what it grants. */
export function PermissionSetResult({ result, icon }: ResultProps) {
  const t = useTexts();
  const routes = useRoutes();
  const { data } = permissionSetSearchDocumentSchema.safeParse(result);
  if (!data) return null;
  return (
    <ResultLayout
      icon={icon}
      href={routes.permissionSet(data.title, data.organizationId)}
      name={data.title}
      chips={<AccessLevelChip level={data.accessLevel} />}
      kind={t('search.permissionSet')}
    >
      <div className={classes.words}>{data.text}</div>
    </ResultLayout>
  );
}
