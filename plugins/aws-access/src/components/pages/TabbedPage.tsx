import {
  BreadcrumbEntry,
  PageLayout,
  pluginHeaderActionsApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { RiKey2Line } from '@remixicon/react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useIsTabShown } from '../../hooks/useIsTabShown';
import { useRoutes } from '../../routes';
import { NoSuchPage } from '../common/NoSuchPage';

/** A sub-page, under its own address. */
interface TabPage {
  path: string;
  title: string | undefined;
  element: JSX.Element;
}

/** The plugin's page in the new frontend system: its sub-pages as tabs. */
export function TabbedPage(props: { title: string; pages: TabPage[] }) {
  return (
    <AwsAccessQueryProvider>
      <Tabs {...props} />
    </AwsAccessQueryProvider>
  );
}

function Tabs({ title, pages }: { title: string; pages: TabPage[] }) {
  const isShown = useIsTabShown();
  const home = useRoutes().home();
  const headerActions = useApi(
    pluginHeaderActionsApiRef,
  ).getPluginHeaderActions('aws-access');
  return (
    <PageLayout
      title={title}
      icon={<RiKey2Line />}
      titleLink={home}
      headerActions={headerActions}
      tabs={pages
        .filter(({ path }) => isShown(path))
        .map(({ path, title: label = path }) => ({
          id: path,
          label,
          href: path,
        }))}
    >
      <Routes>
        {pages.length > 0 && (
          <Route index element={<Navigate to={pages[0].path} replace />} />
        )}
        {pages.map(({ path, title: label = path, element }) => (
          <Route
            key={path}
            path={`${path}/*`}
            element={
              <BreadcrumbEntry entry={{ label, href: path }}>
                {element}
              </BreadcrumbEntry>
            }
          />
        ))}
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </PageLayout>
  );
}
