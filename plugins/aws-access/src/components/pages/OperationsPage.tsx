import { Alert, Flex, Text } from '@backstage/ui';
import { AwsAccessQueryProvider } from '../../hooks/AwsAccessQueryProvider';
import { useOperations } from '../../hooks/useOperations';
import { useTexts } from '../../hooks/useTexts';
import { QueryView } from '../common/QueryView';
import { RelativeTime } from '../common/RelativeTime';
import { RowsSkeleton } from '../common/RowsSkeleton';
import { OrganizationOperationsView } from '../operations/OrganizationOperationsView';
import { PageFrame } from './PageFrame';

/** What waits and what is stuck, for those who run the portal. */
export function OperationsPage() {
  return (
    <AwsAccessQueryProvider>
      <Operations />
    </AwsAccessQueryProvider>
  );
}

function Operations() {
  const t = useTexts();
  const operations = useOperations();
  return (
    <PageFrame
      title={t('operations.title')}
      actions={
        operations.data && (
          <Text variant="body-small" color="secondary">
            {t('operations.asOf')} <RelativeTime at={operations.data.asOf} />
          </Text>
        )
      }
    >
      <QueryView query={operations} skeleton={<RowsSkeleton />}>
        {data => (
          <Flex direction="column" gap="6">
            {data.unconfigured?.map(({ id, requests, overdueRequests }) => (
              <Alert
                key={id}
                status="danger"
                icon
                title={t('operations.unconfigured', { id })}
                description={t('operations.unconfiguredBody', {
                  requests: String(requests),
                  overdue: String(overdueRequests),
                })}
              />
            ))}
            {data.items.map(item => (
              <OrganizationOperationsView
                key={item.organization.id}
                item={item}
                canStop={data.canStopWrites}
              />
            ))}
          </Flex>
        )}
      </QueryView>
    </PageFrame>
  );
}
