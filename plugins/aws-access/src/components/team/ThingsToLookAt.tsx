import { Alert, Flex } from '@backstage/ui';
import { Severity, ThingToLookAt } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { worstFirst } from '../../model/worstFirst';

const STATUS = {
  high: 'danger',
  medium: 'warning',
  low: 'info',
  info: 'info',
} as const satisfies Record<Severity, string>;

/** What somebody in the team should have a look at, worst first. */
export function ThingsToLookAt(props: { things: readonly ThingToLookAt[] }) {
  const t = useTexts();
  if (props.things.length === 0) return null;
  return (
    <Flex
      direction="column"
      gap="2"
      role="group"
      aria-label={t('team.thingsTitle')}
    >
      {worstFirst(props.things).map(thing => (
        <Alert
          key={thing.id}
          status={STATUS[thing.severity]}
          icon
          title={thing.text}
        />
      ))}
    </Flex>
  );
}
