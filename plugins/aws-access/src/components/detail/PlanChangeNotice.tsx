import { Alert, Button } from '@backstage/ui';
import { SeenPlan } from '../../hooks/useSeenPlan';
import { useTexts } from '../../hooks/useTexts';
import { comparePlans } from '../../model/planDifference';
import classes from './detail.module.css';

/** Says that the plan on the screen is no longer the plan, and how it differs. */
export function PlanChangeNotice(props: {
  seen: SeenPlan;
  current: SeenPlan;
  onShowCurrent: () => void;
}) {
  const t = useTexts();
  const { seen, current } = props;
  const { added, removed } = comparePlans(seen.plan, current.plan);
  return (
    <Alert
      status="warning"
      icon
      role="alert"
      title={t('detail.changedTitle')}
      description={
        <>
          {t('detail.changedBody', {
            seen: String(seen.version),
            now: String(current.version),
          })}
          <ul className={classes.sentences}>
            {added.map(text => (
              <li key={`added ${text}`}>
                {t('detail.changedAdded', { text })}
              </li>
            ))}
            {removed.map(text => (
              <li key={`removed ${text}`}>
                {t('detail.changedRemoved', { text })}
              </li>
            ))}
            {added.length + removed.length === 0 && (
              <li>{t('detail.changedNothing')}</li>
            )}
          </ul>
        </>
      }
      customActions={
        <Button size="small" variant="secondary" onPress={props.onShowCurrent}>
          {t('detail.changedAccept')}
        </Button>
      }
    />
  );
}
