import { Button, Flex, Text } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useId } from 'react';
import { useIsOwnRequest } from '../../hooks/useIsOwnRequest';
import { useTexts } from '../../hooks/useTexts';
import { ConsoleLinks } from './ConsoleLinks';

/** The actions that ask once more before they happen. */
export type DialogAction =
  | 'approve'
  | 'narrow'
  | 'reject'
  | 'withdraw'
  | 'return'
  | 'extend'
  | 'resubmit';

/**
 * What the reader may do, exactly as the server says; where they may not
 * decide, why not and who can.
 */
export function RequestButtons(props: {
  request: RequestDetail;
  /** The plan changed under the reader: they must look before they decide. */
  planHasChanged: boolean;
  /** False: a part of the plan is missing, so that nobody can approve it. */
  isPlanWhole: boolean;
  isPending: boolean;
  onOpen: (action: DialogAction) => void;
  onRetry: () => void;
}) {
  const t = useTexts();
  const noteId = useId();
  const returnNoteId = useId();
  const isOwn = useIsOwnRequest(props.request);
  const { request, planHasChanged, onOpen } = props;
  const { flags } = request;
  const note = describe();
  const returnNote = describeReturn();
  const mayApprove = !planHasChanged && props.isPlanWhole;
  return (
    <Flex direction="column" gap="2">
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        <ConsoleLinks request={request} />
        {flags.canApprove && (
          <Button
            variant="primary"
            isDisabled={!mayApprove}
            aria-describedby={note ? noteId : undefined}
            onPress={() => onOpen('approve')}
          >
            {t('detail.approve')}
          </Button>
        )}
        {flags.canNarrow && (
          <Button
            variant="secondary"
            isDisabled={!mayApprove}
            aria-describedby={note ? noteId : undefined}
            onPress={() => onOpen('narrow')}
          >
            {t('detail.narrow')}
          </Button>
        )}
        {flags.canReject && (
          <Button
            variant="secondary"
            isDisabled={planHasChanged}
            aria-describedby={note ? noteId : undefined}
            onPress={() => onOpen('reject')}
          >
            {t('detail.reject')}
          </Button>
        )}
        {flags.canRetry && (
          <Button
            variant="primary"
            isPending={props.isPending}
            onPress={props.onRetry}
          >
            {t('detail.retry')}
          </Button>
        )}
        {flags.canExtend && request.endsAt && (
          <Button variant="secondary" onPress={() => onOpen('extend')}>
            {t('detail.extend')}
          </Button>
        )}
        {flags.canReturn && (
          <Button
            variant="secondary"
            aria-describedby={returnNote ? returnNoteId : undefined}
            onPress={() => onOpen('return')}
          >
            {t(isOwn ? 'action.giveBack' : 'detail.endConfirm')}
          </Button>
        )}
        {flags.canResubmit && (
          <Button variant="secondary" onPress={() => onOpen('resubmit')}>
            {t('detail.resubmit')}
          </Button>
        )}
        {flags.canWithdraw && (
          <Button variant="secondary" onPress={() => onOpen('withdraw')}>
            {t('detail.withdraw')}
          </Button>
        )}
      </Flex>
      {returnNote && (
        <Text id={returnNoteId} variant="body-small" color="secondary">
          {returnNote}
        </Text>
      )}
      {note && (
        <Text id={noteId} variant="body-small" color="secondary">
          {note}
        </Text>
      )}
    </Flex>
  );

  /** What of it they end, and why not the rest or nothing of it. */
  function describeReturn() {
    const { endsOnly, returnReason } = flags;
    const only =
      endsOnly &&
      t('detail.returnOnly', {
        accounts: endsOnly.map(({ name, id }) => `${name} (${id})`).join(', '),
      });
    return [only, returnReason].filter(Boolean).join(' ');
  }

  function describe() {
    if (flags.canApprove) {
      if (!props.isPlanWhole) return t('detail.cutTitle');
      return planHasChanged ? t('detail.changedTitle') : '';
    }
    if (request.state !== 'pending') return '';
    const people = request.stages
      .filter(stage => stage.have < stage.need)
      .flatMap(stage => stage.approvers.map(person => person.displayName));
    return [
      flags.decideReason,
      people.length > 0 &&
        t('detail.whoElse', { people: [...new Set(people)].join(', ') }),
    ]
      .filter(Boolean)
      .join(' ');
  }
}
