import { Text } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { RequestAction } from '../../hooks/useRequestActions';
import { useIsOwnRequest } from '../../hooks/useIsOwnRequest';
import { SeenPlan } from '../../hooks/useSeenPlan';
import { useTexts } from '../../hooks/useTexts';
import { ActionDialog } from '../common/ActionDialog';
import { ReturnScope } from '../common/ReturnScope';
import { FindingList } from '../request/FindingList';
import classes from './detail.module.css';
import { ExtendDialog } from './ExtendDialog';
import { NarrowDialog } from './NarrowDialog';
import { DialogAction } from './RequestButtons';
import { ResubmitDialog } from './ResubmitDialog';

/** The question before each action, repeating what it is about. */
export function RequestDialogs(props: {
  open: DialogAction;
  request: RequestDetail;
  /** The plan on the screen: this one is decided on. */
  seen: SeenPlan;
  isPending: boolean;
  failure: string | undefined;
  onAct: (action: RequestAction) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const { request, seen, onAct } = props;
  const number = String(request.number);
  const isOwn = useIsOwnRequest(request);
  const common = {
    isPending: props.isPending,
    failure: props.failure,
    onClose: props.onClose,
  };
  const decision = { planVersion: seen.version, planDigest: seen.digest };
  switch (props.open) {
    case 'approve':
      return (
        <ActionDialog
          {...common}
          title={t('detail.approveTitle', { number })}
          confirmLabel={t('detail.approve')}
          reason="optional"
          onConfirm={reason =>
            onAct({ kind: 'decide', verdict: 'approve', reason, ...decision })
          }
        >
          <Text weight="bold">{request.title}</Text>
          <Text>
            {t('detail.approveBody', { version: String(seen.version) })}
          </Text>
          <ul className={classes.sentences}>
            {seen.plan.sentences.map(sentence => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <FindingList findings={seen.plan.findings} />
        </ActionDialog>
      );
    case 'narrow':
      return (
        <NarrowDialog {...common} request={request} seen={seen} onAct={onAct} />
      );
    case 'extend':
      return <ExtendDialog request={request} onClose={props.onClose} />;
    case 'resubmit':
      return <ResubmitDialog request={request} onClose={props.onClose} />;
    case 'reject':
      return (
        <ActionDialog
          {...common}
          title={t('detail.rejectTitle', { number })}
          confirmLabel={t('detail.reject')}
          destructive
          reason="required"
          onConfirm={reason =>
            onAct({ kind: 'decide', verdict: 'reject', reason, ...decision })
          }
        >
          <Text weight="bold">{request.title}</Text>
          <Text>{t('detail.rejectBody')}</Text>
        </ActionDialog>
      );
    case 'withdraw':
      return (
        <ActionDialog
          {...common}
          title={t('detail.withdrawTitle', { number })}
          confirmLabel={t('detail.withdraw')}
          destructive
          reason="optional"
          onConfirm={reason => onAct({ kind: 'withdraw', reason })}
        >
          <Text weight="bold">{request.title}</Text>
          <Text>{t('detail.withdrawBody')}</Text>
        </ActionDialog>
      );
    default:
      return (
        <ActionDialog
          {...common}
          title={t(isOwn ? 'detail.returnTitle' : 'detail.endTitle')}
          confirmLabel={t(isOwn ? 'action.giveBack' : 'detail.endConfirm')}
          destructive
          reason="optional"
          onConfirm={reason =>
            onAct({
              kind: 'return',
              reason,
              endsOnly: request.flags.endsOnly,
            })
          }
        >
          <Text weight="bold">{request.goesOn?.title ?? request.title}</Text>
          <ReturnScope request={request} />
          <Text>{t('detail.returnBody')}</Text>
        </ActionDialog>
      );
  }
}
