import { Text } from '@backstage/ui';
import { WriteStopKind } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { useOperatorActions } from '../../hooks/useOperations';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { ActionDialog } from '../common/ActionDialog';
import { DurationPicker } from '../pickers/DurationPicker';

const TEXTS = {
  grants: ['operations.stopGrantsTitle', 'operations.stopGrantsBody'],
  everything: [
    'operations.stopEverythingTitle',
    'operations.stopEverythingBody',
  ],
} as const;

/** Asks why and for how long before writes are stopped. */
export function StopDialog(props: {
  organization: { id: string; title: string };
  kind: WriteStopKind;
  onClose: () => void;
}) {
  const t = useTexts();
  const { kind, organization } = props;
  const { stop } = useOperatorActions(organization.id);
  const [duration, setDuration] = useState<string | null | undefined>('PT1H');
  const [title, body] = TEXTS[kind];
  return (
    <ActionDialog
      title={t(title)}
      confirmLabel={t('operations.stopConfirm')}
      destructive
      reason="required"
      isBlocked={!duration}
      isPending={stop.isPending}
      failure={stop.error ? getErrorMessage(stop.error) : undefined}
      onClose={props.onClose}
      onConfirm={reason => {
        if (!duration || !reason) return;
        stop.mutate({ kind, reason, duration }, { onSuccess: props.onClose });
      }}
    >
      <Text weight="bold">{organization.title}</Text>
      <Text>{t(body)}</Text>
      <DurationPicker
        label={t('operations.duration')}
        description={t('operations.durationHint')}
        presets={['PT1H', 'PT4H', 'P1D', 'P7D']}
        value={duration}
        onChange={setDuration}
        allowStanding={false}
        fromNow
      />
    </ActionDialog>
  );
}
