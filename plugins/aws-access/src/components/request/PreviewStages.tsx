import { Text } from '@backstage/ui';
import { RiUserLine } from '@remixicon/react';
import { Stage } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import classes from './PreviewPanel.module.css';

/** A long list of names hides the sentence; the detail page shows everybody. */
const NAMES_SHOWN = 5;

/** Who must agree before a request goes on, stage by stage. */
export function PreviewStages(props: { stages: readonly Stage[] }) {
  const t = useTexts();
  // Several firsts would look like a mistake.
  const isOrdered = props.stages.some(({ order }) => order > 1);
  return (
    <ol className={classes.stages}>
      {props.stages.map(stage => {
        const names = stage.approvers.map(person => person.displayName);
        const hidden = names.length - NAMES_SHOWN;
        return (
          <li key={stage.id} className={classes.stage}>
            <span className={classes.number} aria-hidden="true">
              {isOrdered ? stage.order : <RiUserLine />}
            </span>
            <Text variant="body-medium" weight="bold" as="span">
              {stage.name} · {t('preview.stageNeeds', { count: stage.need })}
              {stage.order > 1 && ` · ${t('detail.stageLater')}`}
            </Text>
            <Text
              variant="body-small"
              as="span"
              color={
                names.length === 0 && !stage.isHidden ? 'danger' : undefined
              }
            >
              {names.length === 0
                ? t(
                    stage.isHidden
                      ? 'preview.stageHidden'
                      : 'preview.stageNobody',
                  )
                : names.slice(0, NAMES_SHOWN).join(', ')}
              {hidden > 0 &&
                ` ${t('preview.more', { hidden: String(hidden) })}`}
            </Text>
            {stage.alternates && stage.alternates.approvers.length > 0 && (
              <Text variant="body-small" color="secondary" as="span">
                {t('preview.alternates', {
                  after: formatIsoDuration(stage.alternates.after),
                  people: stage.alternates.approvers
                    .map(person => person.displayName)
                    .join(', '),
                })}
              </Text>
            )}
            {stage.because.length > 0 && (
              <Text variant="body-small" color="secondary" as="span">
                {t('preview.because', { reasons: stage.because.join(', ') })}
              </Text>
            )}
          </li>
        );
      })}
    </ol>
  );
}
