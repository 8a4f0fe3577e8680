import { stringifyEntityRef } from '@backstage/catalog-model';
import { Text } from '@backstage/ui';
import {
  EntityInfoCard,
  useEntity,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useTeamAccess } from '../../hooks/useAccess';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { QueryView } from '../common/QueryView';
import { Readable } from '../common/Readable';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { TeamCardView } from '../team/TeamCardView';

/** The card on a team's catalog page. */
export function TeamAccessCard() {
  const t = useTexts();
  return (
    <AwsAccessQueryProvider>
      <EntityInfoCard title={t('team.cardTitle')}>
        <Readable>
          <Content />
        </Readable>
      </EntityInfoCard>
    </AwsAccessQueryProvider>
  );
}

function Content() {
  const t = useTexts();
  const { entity } = useEntity();
  const team = stringifyEntityRef(entity);
  const access = useTeamAccess(team);
  const routes = useRoutes();
  const entityLink = useEntityRefLink();
  return (
    <QueryView
      query={access}
      skeleton={<RowsSkeleton rows={2} />}
      notFound={<Text color="secondary">{t('team.hiddenTitle')}.</Text>}
    >
      {data => (
        <TeamCardView
          access={data}
          team={team}
          detailsHref={`${entityLink(entity)}/aws-access`}
          requestHref={routes.requestForm({ team })}
        />
      )}
    </QueryView>
  );
}
