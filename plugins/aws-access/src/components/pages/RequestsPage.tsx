import { ButtonLink, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { Route, Routes, useSearchParams } from 'react-router-dom';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { RequestsTab, RequestsViewName } from '../requests/RequestsTab';
import { PageFrame } from './PageFrame';
import classes from './RequestsPage.module.css';
import { RequestDetailPage } from './RequestDetailPage';

const VIEWS: RequestsViewName[] = ['inbox', 'mine', 'all'];

/** The lists of requests, and one request under its id. */
export function RequestsPage() {
  return (
    <AwsAccessQueryProvider>
      <Routes>
        <Route index element={<RequestLists />} />
        <Route path=":id" element={<RequestDetailPage />} />
      </Routes>
    </AwsAccessQueryProvider>
  );
}

function RequestLists() {
  const t = useTexts();
  const routes = useRoutes();
  // In the address, so that "what waits for me" can be linked to.
  const [query, setQuery] = useSearchParams();
  const view = VIEWS.find(name => name === query.get('view')) ?? 'inbox';
  return (
    <PageFrame
      title={t('request.list.title')}
      actions={
        <ButtonLink
          variant="primary"
          href={routes.requestForm()}
          iconStart={<RiAddLine aria-hidden="true" />}
        >
          {t('action.requestAccess')}
        </ButtonLink>
      }
    >
      <Tabs
        className={classes.tabs}
        selectedKey={view}
        onSelectionChange={key =>
          setQuery({ view: String(key) }, { replace: true })
        }
      >
        <TabList aria-label={t('request.list.title')}>
          {VIEWS.map(name => (
            <Tab key={name} id={name}>
              {t(`request.list.${name}`)}
            </Tab>
          ))}
        </TabList>
        {VIEWS.map(name => (
          <TabPanel key={name} id={name}>
            <RequestsTab view={name} />
          </TabPanel>
        ))}
      </Tabs>
    </PageFrame>
  );
}
