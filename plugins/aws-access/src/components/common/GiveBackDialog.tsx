import { Text } from '@backstage/ui';
import { RequestSummary } from 'backstage-plugin-aws-access-common';
import { useIsOwnRequest } from '../../hooks/useIsOwnRequest';
import { useRequestActions } from '../../hooks/useRequestActions';
import { useRequest } from '../../hooks/useRequests';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { ActionDialog } from './ActionDialog';
import { ReturnScope } from './ReturnScope';

/** Gives the access of one request back, or ends that of others, after asking once more. */
export function GiveBackDialog(props: {
  request: RequestSummary;
  /** What is given back, in one sentence. */
  what: string;
  onClose: () => void;
}) {
  const t = useTexts();
  const actions = useRequestActions(props.request.id);
  const detail = useRequest(props.request.id);
  const isOwn = useIsOwnRequest(props.request);
  return (
    <ActionDialog
      title={t(isOwn ? 'detail.returnTitle' : 'detail.endTitle')}
      confirmLabel={t(isOwn ? 'action.giveBack' : 'detail.endConfirm')}
      destructive
      isPending={actions.isPending}
      failure={actions.error ? getErrorMessage(actions.error) : undefined}
      onConfirm={() =>
        actions.mutate(
          { kind: 'return', endsOnly: props.request.flags.endsOnly },
          { onSuccess: props.onClose },
        )
      }
      onClose={props.onClose}
    >
      <Text weight="bold">{props.what}</Text>
      <ReturnScope request={detail.data ?? props.request} />
      <Text>{t('detail.returnBody')}</Text>
    </ActionDialog>
  );
}
