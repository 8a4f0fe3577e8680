import { Alert, Button, Flex, Link } from '@backstage/ui';
import { OrganizationOperations } from 'backstage-plugin-aws-access-common';
import { useOperatorActions } from '../../hooks/useOperations';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { useRoutes } from '../../routes';

/** What is kept true and has stopped, because it would take away much at once. */
export function HeldMandates(props: {
  item: Pick<OrganizationOperations, 'organization' | 'held'>;
  canRelease: boolean;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const { organization, held } = props.item;
  const { release } = useOperatorActions(organization.id);
  return (
    <Flex direction="column" gap="3">
      {held.map(({ mandateId, requestId, number, title, reason }) => (
        <Alert
          key={mandateId}
          status="warning"
          icon
          title={
            <Link href={routes.request(requestId)}>
              {number} · {title}
            </Link>
          }
          description={reason}
          customActions={
            props.canRelease ? (
              <Button
                size="small"
                variant="secondary"
                destructive
                isPending={release.isPending}
                onPress={() => release.mutate({ requestId, mandateId })}
              >
                {t('operations.release')}
              </Button>
            ) : undefined
          }
        />
      ))}
      {release.error && (
        <Alert
          status="danger"
          icon
          role="alert"
          title={t('operations.goOnFailed')}
          description={getErrorMessage(release.error)}
        />
      )}
    </Flex>
  );
}
