import { Text } from '@backstage/ui';
import { RequestSummary } from 'backstage-plugin-aws-access-common';
import { useRequestActions } from '../../hooks/useRequestActions';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { ActionDialog } from './ActionDialog';
import { ReturnScope } from './ReturnScope';

/** Gives the access of one request back, after asking once more. */
export function GiveBackDialog(props: {
  request: Pick<RequestSummary, 'id' | 'accounts' | 'flags'>;
  /** What is given back, in one sentence. */
  what: string;
  onClose: () => void;
}) {
  const t = useTexts();
  const actions = useRequestActions(props.request.id);
  return (
    <ActionDialog
      title={t('detail.returnTitle')}
      confirmLabel={t('action.giveBack')}
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
      <ReturnScope request={props.request} />
      <Text>{t('detail.returnBody')}</Text>
    </ActionDialog>
  );
}
