import { Alert, Button } from '@backstage/ui';
import { OrganizationOperations } from 'backstage-plugin-aws-access-common';
import { useOperatorActions } from '../../hooks/useOperations';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';

/** People who seem to have left Entra, too many at once to end what they have. */
export function HeldLeavers(props: {
  item: Pick<OrganizationOperations, 'organization' | 'heldLeavers'>;
  canRelease: boolean;
}) {
  const t = useTexts();
  const { organization, heldLeavers } = props.item;
  const { releaseLeavers } = useOperatorActions(organization.id);
  if (!heldLeavers) return null;
  const { people } = heldLeavers;
  return (
    <>
      <Alert
        status="warning"
        icon
        title={t('operations.heldLeavers', { people: String(people) })}
        description={t('operations.heldLeaversBody')}
        customActions={
          props.canRelease ? (
            <Button
              size="small"
              variant="secondary"
              destructive
              isPending={releaseLeavers.isPending}
              onPress={() => releaseLeavers.mutate(people)}
            >
              {t('operations.release')}
            </Button>
          ) : undefined
        }
      />
      {releaseLeavers.error && (
        <Alert
          status="danger"
          icon
          role="alert"
          title={t('operations.goOnFailed')}
          description={getErrorMessage(releaseLeavers.error)}
        />
      )}
    </>
  );
}
