import { Text } from '@backstage/ui';
import { RequestSummary } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useExtend } from '../../hooks/useExtend';
import { useExtensionPreview } from '../../hooks/useExtensionPreview';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { isTooLong } from '../../model/durationChoice';
import { useRoutes } from '../../routes';
import { ActionDialog } from '../common/ActionDialog';
import { DurationPicker } from '../pickers/DurationPicker';

/** Asks for more time, and goes to the request that does. */
export function ExtendDialog(props: {
  request: Pick<RequestSummary, 'id' | 'title' | 'duration'>;
  onClose: () => void;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const navigate = useNavigate();
  const { request } = props;
  const extend = useExtend(request.id);
  const [duration, setDuration] = useState<string | null | undefined>(
    request.duration,
  );
  const { title, presets, longest, refusal } = useExtensionPreview(
    request.id,
    duration ?? undefined,
  );
  return (
    <ActionDialog
      title={t('detail.extendTitle')}
      confirmLabel={t('detail.extendConfirm')}
      reason="required"
      isBlocked={!duration || isTooLong(duration, longest)}
      isPending={extend.isPending}
      failure={extend.error ? getErrorMessage(extend.error) : undefined}
      onClose={props.onClose}
      onConfirm={justification => {
        if (!duration || !justification) return;
        extend.mutate(
          { duration, justification },
          { onSuccess: next => navigate(routes.request(next.id)) },
        );
      }}
    >
      <Text weight="bold">{title}</Text>
      <Text>{t('detail.extendBody')}</Text>
      <DurationPicker
        label={t('detail.extendDuration')}
        description={t('detail.extendDurationHint')}
        value={duration}
        presets={presets}
        longest={longest}
        errorMessage={refusal}
        onChange={setDuration}
        allowStanding={false}
      />
    </ActionDialog>
  );
}
