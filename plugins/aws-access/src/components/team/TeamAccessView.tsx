import {
  Button,
  ButtonLink,
  Card,
  CardBody,
  Flex,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Text,
} from '@backstage/ui';
import { RiAddLine, RiDownloadLine } from '@remixicon/react';
import { AccessResponse } from 'backstage-plugin-aws-access-common';
import { ReactNode, useMemo, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import {
  AccessFilter,
  buildAccessMatrix,
  filterAccess,
} from '../../model/accessMatrix';
import { EmptyState } from '../common/EmptyState';
import { AccessFilterBar } from './AccessFilterBar';
import { AccessMatrixTable } from './AccessMatrixTable';
import { ByAccountTable } from './ByAccountTable';
import { ByPermissionSetTable } from './ByPermissionSetTable';
import { describeCounts } from './describeCounts';
import { ThingsToLookAt } from './ThingsToLookAt';

/** What a team reaches, in three views of the same access. */
export function TeamAccessView(props: {
  teamTitle: string;
  access: AccessResponse;
  /** Ref of the team. */
  team: string;
  freshness: ReactNode;
  /** What the age of the whole does not say. */
  footnote: ReactNode;
  requestHref: string;
  onDownload: (entries: AccessResponse['items']) => void;
}) {
  const t = useTexts();
  const { access } = props;
  const [filter, setFilter] = useState<AccessFilter>({});
  const entries = useMemo(
    () => filterAccess(access.items, filter),
    [access.items, filter],
  );
  const matrix = useMemo(() => buildAccessMatrix(entries), [entries]);
  return (
    <Flex direction="column" gap="4">
      <Flex
        justify="between"
        align="start"
        gap="4"
        style={{ flexWrap: 'wrap' }}
      >
        <Flex direction="column" gap="1">
          <Text as="h2" variant="title-small" weight="bold">
            {t('team.title', { team: props.teamTitle })}
          </Text>
          <Text color="secondary">{describeCounts(access, t)}</Text>
        </Flex>
        <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
          {props.freshness}
          <Button
            variant="secondary"
            iconStart={<RiDownloadLine aria-hidden="true" />}
            aria-label={t('team.csvLabel')}
            isDisabled={entries.length === 0}
            onPress={() => props.onDownload(entries)}
          >
            {t('team.csv')}
          </Button>
          <ButtonLink
            variant="primary"
            iconStart={<RiAddLine aria-hidden="true" />}
            href={props.requestHref}
          >
            {t('team.requestForTeam')}
          </ButtonLink>
        </Flex>
      </Flex>
      <ThingsToLookAt access={access} team={props.team} />
      {access.items.length === 0 ? (
        <EmptyState
          title={t('team.emptyTitle')}
          body={
            access.freshness.complete
              ? t('team.emptyBody')
              : t('team.emptyIncomplete')
          }
          action={
            <ButtonLink href={props.requestHref}>
              {t('team.requestForTeam')}
            </ButtonLink>
          }
        />
      ) : (
        <>
          <AccessFilterBar
            entries={access.items}
            filter={filter}
            onChange={setFilter}
          />
          <Card>
            <CardBody>
              <Tabs>
                <TabList>
                  <Tab id="matrix">{t('team.view.matrix')}</Tab>
                  <Tab id="byAccount">{t('team.view.byAccount')}</Tab>
                  <Tab id="byPermissionSet">
                    {t('team.view.byPermissionSet')}
                  </Tab>
                </TabList>
                <TabPanel id="matrix">
                  {matrix.people.length > 0 ? (
                    <AccessMatrixTable matrix={matrix} />
                  ) : (
                    <NothingMatches onClear={() => setFilter({})} />
                  )}
                </TabPanel>
                <TabPanel id="byAccount">
                  <ByAccountTable entries={entries} />
                </TabPanel>
                <TabPanel id="byPermissionSet">
                  <ByPermissionSetTable entries={entries} />
                </TabPanel>
              </Tabs>
            </CardBody>
          </Card>
        </>
      )}
      {props.footnote}
    </Flex>
  );
}

function NothingMatches(props: { onClear: () => void }) {
  const t = useTexts();
  return (
    <Flex gap="3" align="center" py="4">
      <Text color="secondary">{t('team.filter.nothing')}</Text>
      <Button size="small" variant="secondary" onPress={props.onClear}>
        {t('team.filter.clear')}
      </Button>
    </Flex>
  );
}
