import { PluginHeader } from '@backstage/ui';
import { RiKey2Line } from '@remixicon/react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useIsTabShown } from '../../hooks/useIsTabShown';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { NoSuchPage } from '../common/NoSuchPage';
import { AuditPage } from './AuditPage';
import { MyAccessPage } from './MyAccessPage';
import { OperationsPage } from './OperationsPage';
import { PermissionSetsPage } from './PermissionSetsPage';
import { PoliciesPage } from './PoliciesPage';
import { RequestFormPage } from './RequestFormPage';
import { RequestsPage } from './RequestsPage';

const TABS = [
  { id: 'my-access', text: 'page.myAccess' },
  { id: 'requests', text: 'page.requests' },
  { id: 'request', text: 'page.request' },
  { id: 'permission-sets', text: 'page.permissionSets' },
  { id: 'policies', text: 'page.policies' },
  { id: 'audit', text: 'page.audit' },
  { id: 'operations', text: 'page.operations' },
] as const;

/**
 * The whole page for the legacy frontend system, which has no sub-pages: the
 * same tabs at the same addresses as in the new one.
 */
export function AwsAccessRouter() {
  return (
    <AwsAccessQueryProvider>
      <Tabs />
    </AwsAccessQueryProvider>
  );
}

function Tabs() {
  const t = useTexts();
  const home = useRoutes().home();
  const isShown = useIsTabShown();
  return (
    <>
      <PluginHeader
        title={t('page.title')}
        icon={<RiKey2Line />}
        titleLink={home}
        tabs={TABS.filter(({ id }) => isShown(id)).map(({ id, text }) => ({
          id,
          label: t(text),
          href: `${home}/${id}`,
          matchStrategy: 'prefix' as const,
        }))}
      />
      <Routes>
        <Route index element={<Navigate to="my-access" replace />} />
        <Route path="my-access" element={<MyAccessPage />} />
        <Route path="requests/*" element={<RequestsPage />} />
        <Route path="request" element={<RequestFormPage />} />
        <Route path="permission-sets/*" element={<PermissionSetsPage />} />
        <Route path="policies" element={<PoliciesPage />} />
        <Route path="audit" element={<AuditPage />} />
        <Route path="operations" element={<OperationsPage />} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </>
  );
}
