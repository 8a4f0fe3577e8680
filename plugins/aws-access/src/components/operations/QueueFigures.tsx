import { Text } from '@backstage/ui';
import { OrganizationOperations } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { RelativeTime } from '../common/RelativeTime';
import classes from './operations.module.css';

const FIGURES = [
  'approved',
  'settingUp',
  'takingAway',
  'openSteps',
  'waitingSteps',
  'retriedSteps',
  'unconfirmedWrites',
] as const;

/** How much is waiting, and since when. */
export function QueueFigures(props: {
  queue: OrganizationOperations['queue'];
}) {
  const t = useTexts();
  const { queue } = props;
  return (
    <dl className={classes.figures}>
      {FIGURES.map(figure => (
        <div key={figure} className={classes.figure}>
          <dt>
            <Text variant="body-small" color="secondary">
              {t(`operations.figure.${figure}`)}
            </Text>
          </dt>
          <dd>
            <Text variant="title-small" weight="bold">
              {queue[figure]}
            </Text>
            {figure === 'approved' && queue.oldestApprovedAt && (
              <Text as="p" variant="body-small" color="secondary">
                {t('operations.oldest')}{' '}
                <RelativeTime at={queue.oldestApprovedAt} />
              </Text>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
