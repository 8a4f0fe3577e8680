import { Flex, Text } from '@backstage/ui';
import { RequestDetail, Stage } from 'backstage-plugin-aws-access-common';
import { Fragment } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { isFinal } from '../../model/requestStates';
import { Chip } from '../common/Chip';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import classes from './detail.module.css';

/** Who has decided, and who still may. */
export function StagesSection({ request }: { request: RequestDetail }) {
  const t = useTexts();
  return (
    <Section title={t('detail.stages')}>
      <Flex direction="column" gap="4">
        {request.stages.length === 0 && (
          <Text>
            {t(request.partOf ? 'detail.noStagesOfPart' : 'detail.noStages')}
          </Text>
        )}
        {request.stages.map(stage => (
          <StageLine
            key={stage.id}
            stage={stage}
            isOver={isFinal(request.state)}
            showApprovers={request.state === 'pending'}
          />
        ))}
        {request.decisions.length > 0 && (
          <ul className={classes.list} aria-label={t('detail.decisions')}>
            {request.decisions.map(decision => (
              <li key={`${decision.entityRef} ${decision.at}`}>
                <Text variant="body-small">
                  <PersonLink person={decision} />{' '}
                  {t(`detail.verdict.${decision.verdict}`)}{' '}
                  {decision.planVersion !== request.planVersion &&
                    `${t('detail.oldPlan', {
                      version: String(decision.planVersion),
                    })} `}
                  <RelativeTime at={decision.at} />
                  {decision.reason && ` · “${decision.reason}”`}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Flex>
    </Section>
  );
}

/**
 * An earlier stage may still have to be full before one is asked; one that is
 * not full when the request ends is asked no more.
 */
function chipOf(stage: Stage, isOver: boolean) {
  if (stage.have >= stage.need) {
    return { tone: 'success', text: 'stageDone' } as const;
  }
  if (isOver) return { tone: 'neutral', text: 'stageClosed' } as const;
  return stage.isOpen
    ? ({ tone: 'warning', text: 'stageOpen' } as const)
    : ({ tone: 'neutral', text: 'stageLater' } as const);
}

function StageLine(props: {
  stage: Stage;
  isOver: boolean;
  showApprovers: boolean;
}) {
  const t = useTexts();
  const { stage } = props;
  const isDone = stage.have >= stage.need;
  const chip = chipOf(stage, props.isOver);
  return (
    <Flex direction="column" gap="1">
      <span className={classes.inline}>
        <Text weight="bold">{stage.name}</Text>
        <Chip tone={chip.tone}>
          {t(`detail.${chip.text}`)}{' '}
          {t('detail.stageProgress', {
            have: String(stage.have),
            need: String(stage.need),
          })}
        </Chip>
      </span>
      {stage.because.length > 0 && (
        <Text variant="body-small" color="secondary">
          {t('preview.because', { reasons: stage.because.join(', ') })}
        </Text>
      )}
      {props.showApprovers && !isDone && (
        <Text variant="body-small">
          {t('detail.whoMayDecide')}:{' '}
          {stage.approvers.length === 0
            ? t(stage.isHidden ? 'preview.stageHidden' : 'preview.stageNobody')
            : stage.approvers.map((person, index) => (
                <Fragment key={person.entityRef}>
                  {index > 0 && ', '}
                  <PersonLink person={person} />
                </Fragment>
              ))}
        </Text>
      )}
      {props.showApprovers && !isDone && stage.alternates && (
        <AlternatesLine alternates={stage.alternates} />
      )}
    </Flex>
  );
}

/** Who may decide as well when it waits too long; nobody is taken out. */
function AlternatesLine(props: {
  alternates: NonNullable<Stage['alternates']>;
}) {
  const t = useTexts();
  const { approvers, from, hasJoined } = props.alternates;
  if (approvers.length === 0 || from === null) return null;
  const people = approvers.map(person => person.displayName).join(', ');
  return (
    <Text variant="body-small" color="secondary">
      {hasJoined
        ? t('detail.alternatesJoined', { people })
        : t('detail.alternatesLater', {
            from: <RelativeTime at={from} />,
            people,
          })}
    </Text>
  );
}
