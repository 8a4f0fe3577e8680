import { Verdict } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Tone } from '../../model/Tone';
import { Chip } from './Chip';

const TONES: Record<Verdict, Tone> = {
  managed: 'success',
  adopted: 'info',
  unmanaged: 'neutral',
  orphaned: 'warning',
  drifted: 'danger',
};

/** How what is there stands to what requests want. */
export function VerdictChip(props: { verdict: Verdict }) {
  const t = useTexts();
  const { verdict } = props;
  return (
    <Chip
      tone={TONES[verdict]}
      look="outline"
      title={t(`verdict.${verdict}.hint`)}
    >
      {t(`verdict.${verdict}.word`)}
    </Chip>
  );
}
