import { ButtonLink } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { useParams, useSearchParams } from 'react-router-dom';
import { useInventory } from '../../hooks/useInventory';
import { usePermissionSet } from '../../hooks/usePermissionSets';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { DirectAssignmentsAge } from '../common/DirectAssignmentsAge';
import { FreshnessLine } from '../common/FreshnessLine';
import { QueryView } from '../common/QueryView';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { PermissionSetView } from '../permissionSets/PermissionSetView';
import { PageFrame } from './PageFrame';

/** One permission set, under its name. */
export function PermissionSetPage() {
  const t = useTexts();
  const routes = useRoutes();
  const { name = '' } = useParams();
  // In the address, so that a comparison can be sent to somebody.
  const [query, setQuery] = useSearchParams();
  const permissionSet = usePermissionSet(
    name,
    query.get('organization') ?? undefined,
  );
  const inventory = useInventory();
  const { data } = permissionSet;
  const compare = (arn: string | undefined) =>
    setQuery(
      current => {
        if (arn) current.set('compare', arn);
        else current.delete('compare');
        return current;
      },
      { replace: true },
    );
  return (
    <PageFrame
      title={data?.name ?? name}
      actions={
        data && (
          <>
            <FreshnessLine
              freshness={data.freshness}
              refresh={inventory.progress}
              refreshError={inventory.refreshError}
              onRefresh={inventory.refresh}
            />
            {!data.isProtected && (
              <>
                <ButtonLink
                  variant="secondary"
                  href={routes.requestForm({
                    kind: 'permissionSet',
                    permissionSet: data.arn,
                  })}
                >
                  {t('permissionSet.change')}
                </ButtonLink>
                <ButtonLink
                  variant="primary"
                  iconStart={<RiAddLine aria-hidden="true" />}
                  href={routes.requestForm({ permissionSet: data.arn })}
                >
                  {t('permissionSet.ask')}
                </ButtonLink>
              </>
            )}
          </>
        )
      }
    >
      <QueryView query={permissionSet} skeleton={<RowsSkeleton rows={8} />}>
        {set => (
          <PermissionSetView
            key={set.arn}
            set={set}
            compareWith={query.get('compare') ?? undefined}
            onCompare={compare}
            footnote={
              <DirectAssignmentsAge status={inventory.directAssignments} />
            }
          />
        )}
      </QueryView>
    </PageFrame>
  );
}
