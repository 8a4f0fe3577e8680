import { Alert, Button, Text } from '@backstage/ui';
import { OrganizationOperations } from 'backstage-plugin-aws-access-common';
import { useOperatorActions } from '../../hooks/useOperations';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';

/** Writes of the last hour beside their limits, and the way past them. */
export function WriteLimits(props: {
  item: Pick<OrganizationOperations, 'organization' | 'limits'>;
  canGoOn: boolean;
}) {
  const t = useTexts();
  const { organization, limits } = props.item;
  const { writes, removals } = limits;
  const { goOn } = useOperatorActions(organization.id);
  const isAtLimit =
    writes.done >= writes.limit || removals.done >= removals.limit;
  const figures = t('operations.limits', {
    writes: String(writes.done),
    mostWrites: String(writes.limit),
    removals: String(removals.done),
    mostRemovals: String(removals.limit),
  });
  return (
    <>
      {isAtLimit ? (
        <Alert
          status="warning"
          icon
          title={t('operations.atLimit')}
          description={figures}
          customActions={
            props.canGoOn ? (
              <Button
                size="small"
                variant="secondary"
                isPending={goOn.isPending}
                onPress={() => goOn.mutate()}
              >
                {t('operations.goOn')}
              </Button>
            ) : undefined
          }
        />
      ) : (
        <Text variant="body-small" color="secondary">
          {figures}
        </Text>
      )}
      {goOn.error && (
        <Alert
          status="danger"
          icon
          role="alert"
          title={t('operations.goOnFailed')}
          description={getErrorMessage(goOn.error)}
        />
      )}
    </>
  );
}
