import { Environment } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Tone } from '../../model/Tone';
import { Chip } from './Chip';

const TONES: Record<Environment, Tone> = {
  prod: 'danger',
  staging: 'warning',
  dev: 'info',
  sandbox: 'success',
  unknown: 'neutral',
};

/** The environment of an account, as a word and a colour. */
export function EnvironmentChip(props: { environment: Environment }) {
  const t = useTexts();
  return (
    <Chip tone={TONES[props.environment]}>
      {t(`environment.${props.environment}`)}
    </Chip>
  );
}
