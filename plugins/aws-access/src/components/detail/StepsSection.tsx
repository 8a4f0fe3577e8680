import { Text } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseLine,
  RiHourglassLine,
  RiLoader4Line,
  RiSkipForwardLine,
} from '@remixicon/react';
import { Step } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Tone } from '../../model/Tone';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import classes from './steps.module.css';

const LOOKS: Record<Step['state'], { tone: Tone; icon?: typeof RiCheckLine }> =
  {
    pending: { tone: 'neutral' },
    running: { tone: 'info', icon: RiLoader4Line },
    waiting: { tone: 'warning', icon: RiHourglassLine },
    done: { tone: 'success', icon: RiCheckLine },
    failed: { tone: 'danger', icon: RiCloseLine },
    skipped: { tone: 'neutral', icon: RiSkipForwardLine },
  };

/** The work in the clouds, step by step, as it happens. */
export function StepsSection(props: { steps: readonly Step[] }) {
  const t = useTexts();
  return (
    <Section title={t('detail.steps')}>
      {props.steps.length === 0 ? (
        <Text color="secondary">{t('detail.stepsIntro')}</Text>
      ) : (
        <ol className={classes.steps}>
          {props.steps.map((step, index) => (
            <StepLine key={step.id} step={step} number={index + 1} />
          ))}
        </ol>
      )}
    </Section>
  );
}

function StepLine({ step, number }: { step: Step; number: number }) {
  const t = useTexts();
  const { tone, icon: Icon } = LOOKS[step.state];
  // The second look of a step that waits for the clouds is nothing to worry about.
  const saysAttempts =
    step.state !== 'done' && step.attempts > (step.state === 'failed' ? 1 : 2);
  const at = step.finishedAt ?? step.startedAt;
  return (
    <li
      className={classes.step}
      aria-current={
        step.state === 'running' || step.state === 'waiting'
          ? 'step'
          : undefined
      }
    >
      <span
        className={`${classes.icon} ${
          step.state === 'running' ? classes.running : ''
        }`}
        data-tone={tone}
        aria-hidden="true"
      >
        {Icon ? <Icon /> : number}
      </span>
      <span className={classes.title}>{step.title}</span>
      <span className={classes.state}>
        {t(`detail.stepState.${step.state}`)}
        {at && (
          <>
            {' '}
            · <RelativeTime at={at} />
          </>
        )}
      </span>
      {(step.detail || saysAttempts) && (
        <span className={classes.note}>
          {step.detail}
          {saysAttempts &&
            ` (${t('detail.attempts', { number: String(step.attempts) })})`}
        </span>
      )}
      {step.cloudMessage && (
        <span className={classes.note}>
          {t('detail.cloudSays', { message: step.cloudMessage })}
        </span>
      )}
    </li>
  );
}
