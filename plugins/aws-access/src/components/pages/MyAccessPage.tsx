import { ButtonLink } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { useMemo, useState } from 'react';
import { useMyAccess } from '../../hooks/useAccess';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useInventory } from '../../hooks/useInventory';
import { useOrganizations } from '../../hooks/useOrganizations';
import { useMyRequests } from '../../hooks/useRequests';
import { useTexts } from '../../hooks/useTexts';
import { getAccessPortals } from '../../model/cliProfile';
import { MyEntry } from '../../model/groupMyAccess';
import { useRoutes } from '../../routes';
import { DirectAssignmentsAge } from '../common/DirectAssignmentsAge';
import { FreshnessLine } from '../common/FreshnessLine';
import { GiveBackDialog } from '../common/GiveBackDialog';
import { LoadFailure, QueryView } from '../common/QueryView';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { ExtendDialog } from '../detail/ExtendDialog';
import { MyAccessView } from '../myAccess/MyAccessView';
import { PageFrame } from './PageFrame';

/** "My AWS access": what the signed-in person can use, gets and had. */
export function MyAccessPage() {
  return (
    <AwsAccessQueryProvider>
      <MyAccessContent />
    </AwsAccessQueryProvider>
  );
}

function MyAccessContent() {
  const t = useTexts();
  const routes = useRoutes();
  const access = useMyAccess();
  const requests = useMyRequests();
  const inventory = useInventory();
  const organizations = useOrganizations();
  const [givingBack, setGivingBack] = useState<MyEntry>();
  const [extending, setExtending] = useState<MyEntry>();
  const portals = useMemo(
    () => getAccessPortals(organizations.data?.items ?? []),
    [organizations.data],
  );
  return (
    <PageFrame
      title={t('myAccess.title')}
      actions={
        <>
          {access.data && (
            <FreshnessLine
              freshness={access.data.freshness}
              refresh={inventory.progress}
              refreshError={inventory.refreshError}
              onRefresh={inventory.refresh}
            />
          )}
          <ButtonLink
            variant="primary"
            href={routes.requestForm()}
            iconStart={<RiAddLine aria-hidden="true" />}
          >
            {t('action.requestAccess')}
          </ButtonLink>
        </>
      }
    >
      <QueryView query={access} skeleton={<RowsSkeleton />}>
        {data => (
          <MyAccessView
            access={data}
            requests={requests.data?.items ?? []}
            portals={portals}
            onGiveBack={setGivingBack}
            onExtend={setExtending}
          />
        )}
      </QueryView>
      <DirectAssignmentsAge status={inventory.directAssignments} />
      {requests.error && !requests.data && (
        <LoadFailure
          error={requests.error}
          onTryAgain={() => requests.refetch()}
        />
      )}
      {extending?.request && (
        <ExtendDialog
          request={extending.request}
          onClose={() => setExtending(undefined)}
        />
      )}
      {givingBack?.request && (
        <GiveBackDialog
          request={givingBack.request}
          what={`${givingBack.entry.permissionSet.name} · ${givingBack.entry.account.name} (${givingBack.entry.account.id})`}
          onClose={() => setGivingBack(undefined)}
        />
      )}
    </PageFrame>
  );
}
