import { Text } from '@backstage/ui';
import { OrganizationOperations } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { RelativeTime } from '../common/RelativeTime';
import classes from './operations.module.css';

/** How the answering replica's calls to each service go, and whose figures these are. */
export function Throttling(props: {
  item: Pick<OrganizationOperations, 'throttling' | 'worker' | 'organization'>;
}) {
  const t = useTexts();
  const { throttling, worker, organization } = props.item;
  if (!throttling) return null;
  const whose = () => {
    // Reading only, the replicas share out the reading; a claim is a moment's.
    if (organization.writes === 'off') return 'readers' as const;
    if (worker?.isThisReplica) return 'worker' as const;
    return worker ? ('other' as const) : ('none' as const);
  };
  return (
    <>
      <Text as="p" variant="body-small" color="secondary">
        {t('operations.throttlingOf', { replica: throttling.replica })}{' '}
        <RelativeTime at={throttling.since} />.{' '}
        {t(`operations.throttlingWhose.${whose()}`)}
      </Text>
      <dl className={classes.credentials}>
        {throttling.services.map(pace => (
          <div key={pace.service} style={{ display: 'contents' }}>
            <dt>
              <Text weight="bold">
                {t(`operations.service.${pace.service}`)}
              </Text>
            </dt>
            <dd>
              <Text>
                {t('operations.refused', {
                  refused: String(pace.refusedInLastHour),
                })}
                {' · '}
                {t(
                  pace.requestsPerSecond === 0
                    ? 'operations.paceSilent'
                    : 'operations.pace',
                  {
                    now: round(pace.requestsPerSecond),
                    full: round(pace.fullRequestsPerSecond),
                  },
                )}
              </Text>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function round(rate: number): string {
  return String(Math.round(rate * 10) / 10);
}
