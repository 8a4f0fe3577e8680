import { Text } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useNavigate } from 'react-router-dom';
import { useResubmit } from '../../hooks/useResubmit';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { useRoutes } from '../../routes';
import { ActionDialog } from '../common/ActionDialog';

/** Files the wishes of a finished request again, and goes to the new one. */
export function ResubmitDialog(props: {
  request: RequestDetail;
  onClose: () => void;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const navigate = useNavigate();
  const resubmit = useResubmit(props.request.id);
  return (
    <ActionDialog
      title={t('detail.resubmitTitle')}
      confirmLabel={t('detail.resubmit')}
      isPending={resubmit.isPending}
      failure={resubmit.error ? getErrorMessage(resubmit.error) : undefined}
      onClose={props.onClose}
      onConfirm={() =>
        resubmit.mutate(undefined, {
          onSuccess: copy => navigate(routes.request(copy.id)),
        })
      }
    >
      <Text weight="bold">{props.request.title}</Text>
      <Text>{t('detail.resubmitBody')}</Text>
    </ActionDialog>
  );
}
