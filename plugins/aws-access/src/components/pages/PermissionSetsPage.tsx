import { ButtonLink } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { Route, Routes } from 'react-router-dom';
import { useMyAccess } from '../../hooks/useAccess';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useInventory } from '../../hooks/useInventory';
import {
  usePermissionSetList,
  usePermissionSetUses,
} from '../../hooks/usePermissionSets';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { FreshnessLine } from '../common/FreshnessLine';
import { QueryView } from '../common/QueryView';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { PermissionSetListView } from '../permissionSets/PermissionSetListView';
import { PageFrame } from './PageFrame';
import { PermissionSetPage } from './PermissionSetPage';

/** One array for good, so that rows are not made anew at each turn. */
const NOTHING: [] = [];

/** The list of permission sets, and one of them under its name. */
export function PermissionSetsPage() {
  return (
    <AwsAccessQueryProvider>
      <Routes>
        <Route index element={<PermissionSetList />} />
        <Route path=":name" element={<PermissionSetPage />} />
      </Routes>
    </AwsAccessQueryProvider>
  );
}

function PermissionSetList() {
  const t = useTexts();
  const routes = useRoutes();
  const permissionSets = usePermissionSetList();
  const uses = usePermissionSetUses();
  const access = useMyAccess();
  const inventory = useInventory();
  return (
    <PageFrame
      title={t('permissionSet.title')}
      actions={
        <>
          {permissionSets.data && (
            <FreshnessLine
              freshness={permissionSets.data.freshness}
              refresh={inventory.progress}
              refreshError={inventory.refreshError}
              onRefresh={inventory.refresh}
            />
          )}
          <ButtonLink
            variant="primary"
            iconStart={<RiAddLine aria-hidden="true" />}
            href={routes.requestForm({ kind: 'permissionSet' })}
          >
            {t('permissionSet.design')}
          </ButtonLink>
        </>
      }
    >
      <QueryView query={permissionSets} skeleton={<RowsSkeleton rows={8} />}>
        {data => (
          <PermissionSetListView
            permissionSets={data.items}
            isComplete={data.freshness.complete}
            mine={access.data?.items ?? NOTHING}
            uses={uses.data}
            usesError={uses.error}
          />
        )}
      </QueryView>
    </PageFrame>
  );
}
