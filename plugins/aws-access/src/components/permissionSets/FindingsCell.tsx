import { Severity } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { PermissionSetListRow } from '../../model/permissionSetList';
import { Tone } from '../../model/Tone';
import { Chip } from '../common/Chip';
import classes from './permissionSets.module.css';

const TONES: Record<Severity, Tone> = {
  high: 'danger',
  medium: 'warning',
  low: 'info',
  info: 'neutral',
};

/** The worst of the findings by name, and how many more there are. */
export function FindingsCell(props: { use: PermissionSetListRow['use'] }) {
  const t = useTexts();
  const [worst, ...others] = props.use?.findings ?? [];
  if (!worst) return <span className={classes.stack}>–</span>;
  return (
    <span className={classes.stack}>
      <span className={classes.headline}>
        <Chip tone={TONES[worst.severity]}>
          {t(`severity.${worst.severity}`)}
        </Chip>
      </span>
      <span>{worst.title}</span>
      {others.length > 0 && (
        <span title={others.map(({ title }) => title).join(', ')}>
          {t('permissionSet.moreFindings', { count: others.length })}
        </span>
      )}
    </span>
  );
}
