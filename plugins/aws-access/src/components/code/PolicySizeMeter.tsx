import { Label, Meter } from 'react-aria-components';
import { useTexts } from '../../hooks/useTexts';
import { countPolicyCharacters } from '../../model/permissionSetDesign';
import classes from './code.module.css';

/** From here on somebody should think of splitting it. */
const NEARLY_FULL = 0.9;

/** How much of what AWS allows a policy takes; white space is not counted. */
export function PolicySizeMeter(props: { text: string; most: number }) {
  const t = useTexts();
  const { most } = props;
  const count = countPolicyCharacters(props.text);
  const number = new Intl.NumberFormat();
  const words = t('policyEditor.size', {
    size: number.format(count),
    most: number.format(most),
  });
  return (
    <Meter
      className={classes.meter}
      value={Math.min(count, most)}
      maxValue={most}
      valueLabel={words}
      data-tone={toneOf(count / most)}
    >
      {({ percentage }) => (
        <>
          <Label className={classes.meterLabel}>
            {t('policyEditor.sizeLabel')}
          </Label>
          <span className={classes.meterBar} aria-hidden="true">
            <span style={{ width: `${percentage}%` }} />
          </span>
          <span className={classes.meterText}>
            {words}
            {count > most && ` · ${t('policyEditor.tooLong')}`}
          </span>
        </>
      )}
    </Meter>
  );
}

function toneOf(share: number) {
  if (share > 1) return 'danger';
  return share > NEARLY_FULL ? 'warning' : 'info';
}
