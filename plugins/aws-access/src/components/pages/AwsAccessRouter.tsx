import { PluginHeader } from '@backstage/ui';
import { RiKey2Line } from '@remixicon/react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { AuditPage } from './AuditPage';
import { MyAccessPage } from './MyAccessPage';
import { OperationsPage } from './OperationsPage';
import { PoliciesPage } from './PoliciesPage';
import { RequestFormPage } from './RequestFormPage';
import { RequestsPage } from './RequestsPage';

/**
 * The whole page for the legacy frontend system, which has no sub-pages: the
 * same tabs at the same addresses as in the new one.
 */
export function AwsAccessRouter() {
  const t = useTexts();
  const home = useRoutes().home();
  return (
    <>
      <PluginHeader
        title={t('page.title')}
        icon={<RiKey2Line />}
        titleLink={home}
        tabs={[
          {
            id: 'my-access',
            label: t('page.myAccess'),
            href: `${home}/my-access`,
            matchStrategy: 'prefix',
          },
          {
            id: 'requests',
            label: t('page.requests'),
            href: `${home}/requests`,
            matchStrategy: 'prefix',
          },
          {
            id: 'request',
            label: t('page.request'),
            href: `${home}/request`,
            matchStrategy: 'prefix',
          },
          {
            id: 'policies',
            label: t('page.policies'),
            href: `${home}/policies`,
            matchStrategy: 'prefix',
          },
          {
            id: 'audit',
            label: t('page.audit'),
            href: `${home}/audit`,
            matchStrategy: 'prefix',
          },
          {
            id: 'operations',
            label: t('page.operations'),
            href: `${home}/operations`,
            matchStrategy: 'prefix',
          },
        ]}
      />
      <Routes>
        <Route index element={<Navigate to="my-access" replace />} />
        <Route path="my-access" element={<MyAccessPage />} />
        <Route path="requests/*" element={<RequestsPage />} />
        <Route path="request" element={<RequestFormPage />} />
        <Route path="policies" element={<PoliciesPage />} />
        <Route path="audit" element={<AuditPage />} />
        <Route path="operations" element={<OperationsPage />} />
      </Routes>
    </>
  );
}
