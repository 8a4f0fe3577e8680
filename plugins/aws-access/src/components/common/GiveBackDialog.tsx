import { Text } from '@backstage/ui';
import { useRequestActions } from '../../hooks/useRequestActions';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { ActionDialog } from './ActionDialog';

/** Gives the access of one request back, after asking once more. */
export function GiveBackDialog(props: {
  requestId: string;
  /** What is given back, in one sentence. */
  what: string;
  onClose: () => void;
}) {
  const t = useTexts();
  const actions = useRequestActions(props.requestId);
  return (
    <ActionDialog
      title={t('detail.returnTitle')}
      confirmLabel={t('action.giveBack')}
      destructive
      isPending={actions.isPending}
      failure={actions.error ? getErrorMessage(actions.error) : undefined}
      onConfirm={() =>
        actions.mutate({ kind: 'return' }, { onSuccess: props.onClose })
      }
      onClose={props.onClose}
    >
      <Text weight="bold">{props.what}</Text>
      <Text>{t('detail.returnBody')}</Text>
    </ActionDialog>
  );
}
