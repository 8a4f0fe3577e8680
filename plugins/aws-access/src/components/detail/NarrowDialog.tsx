import { Alert, Checkbox, CheckboxGroup, Text } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { useNarrowPreview } from '../../hooks/useNarrowPreview';
import { RequestAction } from '../../hooks/useRequestActions';
import { SeenPlan } from '../../hooks/useSeenPlan';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { DURATION_PRESETS } from '../../model/durationChoice';
import { formatIsoDuration } from '../../model/formatDuration';
import {
  readNarrowChoice,
  shorterDurations,
  wholePlan,
} from '../../model/narrowChoice';
import { ActionDialog } from '../common/ActionDialog';
import { DurationPicker } from '../pickers/DurationPicker';
import { PreviewContent } from '../request/PreviewContent';

/**
 * Approves less than was asked for: fewer accounts, fewer people, a shorter
 * time. What is approved is the plan that the dialog shows.
 */
export function NarrowDialog(props: {
  request: RequestDetail;
  /** The plan on the screen: this one is narrowed. */
  seen: SeenPlan;
  isPending: boolean;
  failure: string | undefined;
  onAct: (action: RequestAction) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const { request, seen } = props;
  const { plan } = seen;
  const [choice, setChoice] = useState(() => wholePlan(plan));
  const read = readNarrowChoice(plan, choice);
  const narrowing = 'narrowing' in read ? read.narrowing : undefined;
  const { preview, loading, error } = useNarrowPreview(request.id, narrowing);
  const isGood = preview?.outcome === 'needsApproval';
  const span = plan.duration
    ? formatIsoDuration(plan.duration)
    : t('detail.noEnd');
  return (
    <ActionDialog
      title={t('detail.narrowTitle', { number: String(request.number) })}
      confirmLabel={t('detail.narrowConfirm')}
      reason="optional"
      isPending={props.isPending}
      isBlocked={!isGood}
      failure={props.failure}
      onClose={props.onClose}
      onConfirm={reason =>
        props.onAct({
          kind: 'decide',
          verdict: 'narrow',
          planVersion: seen.version,
          planDigest: seen.digest,
          reason,
          ...narrowing,
        })
      }
    >
      <Text weight="bold">{request.title}</Text>
      <Text>{t('detail.narrowBody')}</Text>
      <CheckboxGroup
        label={t('detail.narrowAccounts')}
        value={choice.accountIds}
        onChange={accountIds => setChoice({ ...choice, accountIds })}
      >
        {plan.accounts.map(account => (
          <Checkbox key={account.id} value={account.id}>
            {`${account.name} (${account.id})`}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <CheckboxGroup
        label={t('detail.narrowPeople')}
        value={choice.people}
        onChange={people => setChoice({ ...choice, people })}
      >
        {plan.people.flatMap(person =>
          person.entityRef
            ? [
                <Checkbox key={person.entityRef} value={person.entityRef}>
                  {person.displayName}
                </Checkbox>,
              ]
            : [],
        )}
      </CheckboxGroup>
      <DurationPicker
        label={t('detail.narrowDuration')}
        description={t('detail.narrowDurationHint', { span })}
        value={choice.duration}
        onChange={duration => setChoice({ ...choice, duration })}
        presets={shorterDurations(plan, DURATION_PRESETS)}
        allowStanding={plan.duration === null}
      />
      <div aria-live="polite" aria-busy={loading}>
        {'problem' in read && (
          <Text color="secondary">{t(`detail.${read.problem}`)}</Text>
        )}
        {loading && <Text color="secondary">{t('preview.loading')}</Text>}
        {error && (
          <Alert
            status="danger"
            icon
            title={t('preview.failed')}
            description={getErrorMessage(error)}
          />
        )}
        {preview && <PreviewContent preview={preview} />}
      </div>
    </ActionDialog>
  );
}
