import { ButtonLink, Flex, Text } from '@backstage/ui';
import { AccessResponse } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { FreshnessLine } from '../common/FreshnessLine';
import { RelativeTime } from '../common/RelativeTime';
import { describeCounts } from './describeCounts';
import { EnvironmentBars } from './EnvironmentBars';
import { ThingsToLookAt } from './ThingsToLookAt';

/** The team's access in short, with the two next steps. */
export function TeamCardView(props: {
  access: AccessResponse;
  /** Ref of the team. */
  team: string;
  detailsHref: string;
  requestHref: string;
}) {
  const t = useTexts();
  const { access } = props;
  return (
    <Flex direction="column" gap="4">
      <Text>
        {access.items.length > 0
          ? describeCounts(access, t)
          : t('team.emptyTitle')}
      </Text>
      {access.items.length > 0 && (
        <>
          <EnvironmentBars environments={access.environments} />
          <Text variant="body-small" color="secondary">
            {access.nextEnd ? (
              <>
                {t('team.nextEnd')}: <RelativeTime at={access.nextEnd} />
              </>
            ) : (
              t('team.noNextEnd')
            )}
          </Text>
        </>
      )}
      <ThingsToLookAt access={access} team={props.team} isNarrow />
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        <ButtonLink variant="secondary" href={props.detailsHref}>
          {t('team.showAccess')}
        </ButtonLink>
        <ButtonLink variant="secondary" href={props.requestHref}>
          {t('team.requestForTeam')}
        </ButtonLink>
      </Flex>
      <FreshnessLine freshness={access.freshness} />
    </Flex>
  );
}
