import { Alert, Flex, Text } from '@backstage/ui';
import {
  Organization,
  OrganizationOperations,
} from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Tone } from '../../model/Tone';
import { Chip } from '../common/Chip';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import { Credentials } from './Credentials';
import { HeldLeavers } from './HeldLeavers';
import { HeldMandates } from './HeldMandates';
import { QueueFigures } from './QueueFigures';
import { Throttling } from './Throttling';
import { TroubledTable } from './TroubledTable';
import { WriteLimits } from './WriteLimits';
import { WriteStops } from './WriteStops';

const TONES: Record<Organization['health'], Tone> = {
  ok: 'success',
  degraded: 'warning',
  held: 'danger',
  stopped: 'warning',
  down: 'danger',
};

/** One organization as its operator sees it: what is wrong comes first. */
export function OrganizationOperationsView(props: {
  item: OrganizationOperations;
  canStop: boolean;
}) {
  const t = useTexts();
  const { item } = props;
  const { organization, worker, queue, stuck, overdue } = item;
  // Bad credentials and what is stopped explain most of the rest.
  const hasBadCredentials = Boolean(
    item.credentials?.aws.problem || item.credentials?.entra.problem,
  );
  const credentials = item.credentials && (
    <Section title={t('operations.credentials')}>
      <Credentials credentials={item.credentials} />
    </Section>
  );
  const isStopped = item.stops.length > 0;
  const stops = (
    <Section title={t('operations.stops')}>
      <WriteStops item={item} canStop={props.canStop} />
    </Section>
  );
  return (
    <Flex direction="column" gap="4">
      <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
        <Text as="h2" variant="title-small">
          {organization.title}
        </Text>
        <Chip tone={TONES[organization.health]}>
          {t(`operations.health.${organization.health}`)}
        </Chip>
        {organization.writes !== 'on' && (
          <Chip>{t(`operations.writes.${organization.writes}`)}</Chip>
        )}
        {organization.writes !== 'off' && worker && (
          <Text color="secondary">
            {t('operations.worker', { epoch: String(worker.epoch) })}
          </Text>
        )}
      </Flex>
      {organization.reason && (
        <div>
          <Text as="p">
            {organization.reason}
            {organization.since && (
              <Text color="secondary">
                {' · '}
                {t('operations.since')} <RelativeTime at={organization.since} />
              </Text>
            )}
          </Text>
          {organization.nextStep && (
            <Text as="p" color="secondary">
              {organization.nextStep}
            </Text>
          )}
        </div>
      )}
      {organization.writes !== 'off' && !worker && (
        <Alert
          status="warning"
          icon
          title={t('operations.noWorker')}
          description={t('operations.noWorkerBody')}
        />
      )}
      {hasBadCredentials && credentials}
      {isStopped && stops}
      <Section title={t('operations.stuck')}>
        <TroubledTable
          requests={stuck}
          moment="since"
          empty={{
            title: t('operations.stuckNone'),
            body: t('operations.stuckNoneBody'),
          }}
        />
      </Section>
      <Section title={t('operations.overdue')}>
        <TroubledTable
          requests={overdue}
          moment="end"
          empty={{
            title: t('operations.overdueNone'),
            body: t('operations.overdueNoneBody'),
          }}
        />
      </Section>
      {(item.held.length > 0 || item.heldLeavers) && (
        <Section title={t('operations.held')}>
          <HeldLeavers item={item} canRelease={props.canStop} />
          <HeldMandates item={item} canRelease={props.canStop} />
        </Section>
      )}
      <Section title={t('operations.queue')}>
        <Flex direction="column" gap="4">
          <QueueFigures queue={queue} />
          <WriteLimits item={item} canGoOn={props.canStop} />
        </Flex>
      </Section>
      {item.throttling && (
        <Section title={t('operations.throttling')}>
          <Throttling item={item} />
        </Section>
      )}
      {!isStopped && stops}
      {!hasBadCredentials && credentials}
    </Flex>
  );
}
