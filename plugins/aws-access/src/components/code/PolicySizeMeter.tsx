import { countPolicyCharacters } from 'backstage-plugin-aws-access-common';
import { useId } from 'react';
import { useTexts } from '../../hooks/useTexts';
import classes from './code.module.css';

/** From here on somebody should think of splitting it. */
const NEARLY_FULL = 0.9;

/** How much of what AWS allows a policy takes; white space is not counted. */
export function PolicySizeMeter(props: { text: string; most: number }) {
  const t = useTexts();
  const labelId = useId();
  const { most } = props;
  const count = countPolicyCharacters(props.text);
  const number = new Intl.NumberFormat();
  const words = t('policyEditor.size', {
    size: number.format(count),
    most: number.format(most),
  });
  return (
    <div className={classes.meter} data-tone={toneOf(count / most)}>
      <span id={labelId} className={classes.meterLabel}>
        {t('policyEditor.sizeLabel')}
      </span>
      <span
        role="meter"
        aria-labelledby={labelId}
        aria-valuemin={0}
        aria-valuemax={most}
        aria-valuenow={Math.min(count, most)}
        aria-valuetext={words}
        className={classes.meterBar}
      >
        <span style={{ width: `${Math.min(100, (100 * count) / most)}%` }} />
      </span>
      <span className={classes.meterText}>
        {words}
        {count > most && ` · ${t('policyEditor.tooLong')}`}
      </span>
    </div>
  );
}

function toneOf(share: number) {
  if (share > 1) return 'danger';
  return share > NEARLY_FULL ? 'warning' : 'info';
}
