import { AccessLevel } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Tone } from '../../model/Tone';
import { Chip } from './Chip';

/** The colour beside each access level's word. */
export const ACCESS_LEVEL_TONES: Record<AccessLevel, Tone> = {
  admin: 'danger',
  power: 'warning',
  write: 'warning',
  read: 'neutral',
  billing: 'neutral',
  custom: 'info',
};

/**
 * How much a permission set lets its holder do, computed by the server: the
 * name alone can mislead (security rule 32).
 */
export function AccessLevelChip(props: { level: AccessLevel }) {
  const t = useTexts();
  return (
    <Chip tone={ACCESS_LEVEL_TONES[props.level]} look="outline">
      {t(`accessLevel.${props.level}`)}
    </Chip>
  );
}
