import { Flex, Text } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useEffect, useRef, useState } from 'react';
import { RequestAction } from '../../hooks/useRequestActions';
import { useSeenPlan } from '../../hooks/useSeenPlan';
import { useTexts } from '../../hooks/useTexts';
import { getErrorKind, getErrorMessage } from '../../model/describeError';
import { endedAccountsOf } from '../../model/endedAccounts';
import { isWhole } from '../../model/groupAtoms';
import { isFinal } from '../../model/requestStates';
import { Section } from '../common/Section';
import { FindingList } from '../request/FindingList';
import { OverlapList } from '../request/OverlapList';
import { CommentsSection } from './CommentsSection';
import { ConflictNotice } from './ConflictNotice';
import classes from './detail.module.css';
import { EndedPartsNotice } from './EndedPartsNotice';
import { FiledNotice } from './FiledNotice';
import { FollowUpSection } from './FollowUpSection';
import { ObjectsSection } from './ObjectsSection';
import { PlanChangeNotice } from './PlanChangeNotice';
import { PlanSection } from './PlanSection';
import { DialogAction, RequestButtons } from './RequestButtons';
import { RequestDialogs } from './RequestDialogs';
import { RequestFacts } from './RequestFacts';
import { RequestHeadline } from './RequestHeadline';
import { StagesSection } from './StagesSection';
import { StepsSection } from './StepsSection';
import { TimelineSection } from './TimelineSection';

/** One request: its state, its plan, its people, and what the reader may do. */
export function RequestDetailView(props: {
  request: RequestDetail;
  /** The reader comes from filing it, and wants to know that it is. */
  wasFiled: boolean;
  /** Resolves with the request as it is after the action. */
  onAct: (action: RequestAction) => Promise<unknown>;
  pendingAction: RequestAction | undefined;
  failed: { action: RequestAction; error: Error } | undefined;
}) {
  const t = useTexts();
  const { request, pendingAction, failed } = props;
  const plan = useSeenPlan(request);
  const ended = endedAccountsOf(request);
  const [open, setOpen] = useState<DialogAction>();
  const [actions, setActions] = useState(0);
  const headline = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed may be gone: keep the focus on the page. Not
    // before the dialog is gone, which holds the focus as long as it is there.
    if (actions > 0) headline.current?.focus();
  }, [actions]);

  const act = async (action: RequestAction) => {
    try {
      await props.onAct(action);
      setOpen(undefined);
      setActions(number => number + 1);
    } catch (error) {
      if (getErrorKind(error) === 'conflict') setOpen(undefined);
    }
  };

  const isOver = isFinal(request.state);
  // Once the work has begun, how far it is matters more than what was planned.
  const stepsFirst = request.steps.length > 0 && !isOver;
  // What ended without any work must not look as if some were to come.
  const stepsLast = !stepsFirst && (request.steps.length > 0 || !isOver);
  const isConflict = failed && getErrorKind(failed.error) === 'conflict';
  const failure =
    failed && !isConflict ? getErrorMessage(failed.error) : undefined;
  const isComment = failed?.action.kind === 'comment';
  return (
    <Flex direction="column" gap="4">
      <Text as="h3" variant="title-x-small" weight="bold">
        {request.goesOn?.title ?? request.title}
      </Text>
      {props.wasFiled && <FiledNotice request={request} />}
      <RequestHeadline ref={headline} request={request} />
      <EndedPartsNotice request={request} />
      {isConflict && (
        <ConflictNotice
          request={request}
          message={getErrorMessage(failed.error)}
        />
      )}
      {plan.hasChanged && (
        <PlanChangeNotice {...plan} onShowCurrent={plan.showCurrent} />
      )}
      <RequestFacts request={request} />
      <RequestButtons
        request={request}
        planHasChanged={plan.hasChanged}
        isPlanWhole={isWhole(plan.seen.plan)}
        isPending={pendingAction !== undefined}
        onOpen={setOpen}
        onRetry={() => act({ kind: 'retry' })}
      />
      <div className={classes.layout}>
        <div className={classes.column}>
          {stepsFirst && <StepsSection steps={request.steps} />}
          <PlanSection seen={plan.seen} ended={ended} />
          <Section title={t('detail.findings')}>
            <FindingList findings={plan.seen.plan.findings} />
          </Section>
          {request.overlaps.length > 0 && (
            <Section title={t('preview.overlaps')}>
              <OverlapList overlaps={request.overlaps} />
            </Section>
          )}
          {plan.seen.plan.objects.length > 0 && (
            <ObjectsSection plan={plan.seen.plan} ended={ended} />
          )}
          {plan.seen.plan.followUp && (
            <FollowUpSection
              followUp={plan.seen.plan.followUp}
              outcome={request.followUp}
            />
          )}
          {stepsLast && <StepsSection steps={request.steps} />}
          <CommentsSection
            request={request}
            isPending={pendingAction?.kind === 'comment'}
            failure={isComment ? failure : undefined}
            onComment={text => props.onAct({ kind: 'comment', text })}
          />
        </div>
        <div className={classes.column}>
          <StagesSection request={request} />
          <TimelineSection request={request} />
        </div>
      </div>
      {open && (
        <RequestDialogs
          open={open}
          request={request}
          seen={plan.seen}
          isPending={pendingAction !== undefined}
          failure={isComment ? undefined : failure}
          onAct={act}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Flex>
  );
}
