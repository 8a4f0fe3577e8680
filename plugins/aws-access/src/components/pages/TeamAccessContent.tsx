import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { RiLock2Line } from '@remixicon/react';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useTeamAccess } from '../../hooks/useAccess';
import { useInventory } from '../../hooks/useInventory';
import { getEntityTitle } from '../../hooks/useTeams';
import { useTexts } from '../../hooks/useTexts';
import { toAccessCsv } from '../../model/accessCsv';
import { downloadText } from '../../model/downloadText';
import { useRoutes } from '../../routes';
import { DirectAssignmentsAge } from '../common/DirectAssignmentsAge';
import { EmptyState } from '../common/EmptyState';
import { FreshnessLine } from '../common/FreshnessLine';
import { QueryView } from '../common/QueryView';
import { Readable } from '../common/Readable';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { TeamAccessView } from '../team/TeamAccessView';

/** The tab "AWS access" on a team's catalog page. */
export function TeamAccessContent() {
  return (
    <AwsAccessQueryProvider>
      <Readable>
        <Content />
      </Readable>
    </AwsAccessQueryProvider>
  );
}

function Content() {
  const { entity } = useEntity();
  const team = stringifyEntityRef(entity);
  const t = useTexts();
  const access = useTeamAccess(team);
  const inventory = useInventory();
  const routes = useRoutes();
  return (
    <QueryView
      query={access}
      skeleton={<RowsSkeleton rows={6} />}
      notFound={
        <EmptyState
          icon={<RiLock2Line />}
          title={t('team.hiddenTitle')}
          body={t('team.hiddenBody')}
        />
      }
    >
      {data => (
        <TeamAccessView
          teamTitle={getEntityTitle(entity)}
          access={data}
          team={team}
          requestHref={routes.requestForm({ team })}
          onDownload={entries =>
            downloadText(
              `aws-access-${entity.metadata.name}.csv`,
              'text/csv',
              toAccessCsv(entries),
            )
          }
          footnote={
            <DirectAssignmentsAge status={inventory.directAssignments} />
          }
          freshness={
            <FreshnessLine
              freshness={data.freshness}
              refresh={inventory.progress}
              refreshError={inventory.refreshError}
              onRefresh={inventory.refresh}
            />
          }
        />
      )}
    </QueryView>
  );
}
