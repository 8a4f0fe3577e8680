import { Alert, Box, ButtonLink, Flex } from '@backstage/ui';
import { AccessResponse, Severity } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { toRemovalLink } from '../../model/removalLink';
import { worstFirst } from '../../model/worstFirst';
import { useRoutes } from '../../routes';

const STATUS = {
  high: 'danger',
  medium: 'warning',
  low: 'info',
  info: 'info',
} as const satisfies Record<Severity, string>;

/** What somebody in the team should have a look at, worst first. */
export function ThingsToLookAt(props: {
  access: AccessResponse;
  /** Ref of the team. */
  team: string;
  /** There is no room for a button beside the text. */
  isNarrow?: boolean;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const { items, thingsToLookAt } = props.access;
  if (thingsToLookAt.length === 0) return null;
  return (
    <Flex
      direction="column"
      gap="2"
      role="group"
      aria-label={t('team.thingsTitle')}
    >
      {worstFirst(thingsToLookAt).map(thing => {
        const removal = toRemovalLink(thing, items, props.team);
        const action = removal && (
          <ButtonLink
            size="small"
            variant="secondary"
            href={routes.requestForm(removal)}
          >
            {t('team.askToRemove')}
          </ButtonLink>
        );
        return (
          <Alert
            key={thing.id}
            status={STATUS[thing.severity]}
            icon
            title={thing.text}
            description={
              props.isNarrow && action ? <Box pt="2">{action}</Box> : undefined
            }
            customActions={props.isNarrow ? undefined : action}
          />
        );
      })}
    </Flex>
  );
}
