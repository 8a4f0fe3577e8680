import { Alert, Button, Flex, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  OrganizationOperations,
  WriteStopKind,
} from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { useOperatorActions } from '../../hooks/useOperations';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import { RelativeTime } from '../common/RelativeTime';
import { StopDialog } from './StopDialog';

/** What an operator has stopped, until when, and the two switches themselves. */
export function WriteStops(props: {
  item: Pick<OrganizationOperations, 'organization' | 'stops'>;
  canStop: boolean;
}) {
  const t = useTexts();
  const { organization, stops } = props.item;
  const { resume } = useOperatorActions(organization.id);
  const [asked, setAsked] = useState<WriteStopKind>();
  const isStopped = (kind: WriteStopKind) =>
    stops.some(stop => stop.kind === kind);
  return (
    <Flex direction="column" gap="3">
      {stops.length === 0 && <Text>{t('operations.noStops')}</Text>}
      {stops.map(stop => (
        <Alert
          key={stop.kind}
          status={stop.kind === 'everything' ? 'danger' : 'warning'}
          icon
          title={t(`operations.stopKind.${stop.kind}`)}
          description={
            <>
              {t('operations.stopBody', {
                reason: stop.reason,
                by: (
                  <EntityRefLink
                    underline="always"
                    entityRef={stop.stoppedBy}
                    defaultKind="user"
                  />
                ),
              })}
              {' · '}
              {t('operations.stopEnds')} <RelativeTime at={stop.until} />
            </>
          }
          customActions={
            props.canStop ? (
              <Button
                size="small"
                variant="secondary"
                isPending={resume.isPending}
                onPress={() => resume.mutate(stop.kind)}
              >
                {t('operations.resume')}
              </Button>
            ) : undefined
          }
        />
      ))}
      {resume.error && (
        <Alert
          status="danger"
          icon
          role="alert"
          title={t('operations.resumeFailed')}
          description={getErrorMessage(resume.error)}
        />
      )}
      {props.canStop && (
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          {!isStopped('grants') && (
            <Button variant="secondary" onPress={() => setAsked('grants')}>
              {t('operations.stopGrants')}
            </Button>
          )}
          {!isStopped('everything') && (
            <Button variant="secondary" onPress={() => setAsked('everything')}>
              {t('operations.stopEverything')}
            </Button>
          )}
        </Flex>
      )}
      {asked && (
        <StopDialog
          organization={organization}
          kind={asked}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Flex>
  );
}
