import { Flex, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';
import classes from './detail.module.css';
import { RequestLink } from './RequestLink';

/** Who asks, for whom, and why. */
export function RequestFacts({ request }: { request: RequestDetail }) {
  const t = useTexts();
  const facts = {
    person: <PersonLink person={request.requester} />,
    team: (
      <EntityRefLink
        underline="always"
        entityRef={request.team}
        defaultKind="group"
      />
    ),
    age: <RelativeTime at={request.createdAt} />,
  };
  return (
    <Flex direction="column" gap="3">
      <blockquote className={classes.quote}>{request.justification}</blockquote>
      <Text variant="body-small" color="secondary">
        {describeOrigin()}
        {request.ticket &&
          ` · ${t('detail.ticket', { ticket: request.ticket })}`}
        {request.copyOf && (
          <>
            {' · '}
            {t('detail.copyOf', {
              request: (
                <RequestLink variant="body-small" request={request.copyOf} />
              ),
            })}
          </>
        )}
        {request.extensionOf && (
          <>
            {' · '}
            {t('detail.extensionOf', {
              request: (
                <RequestLink
                  variant="body-small"
                  request={request.extensionOf}
                />
              ),
            })}
          </>
        )}
        {request.partOf && (
          <>
            {' · '}
            {t('detail.partOf', {
              request: (
                <RequestLink variant="body-small" request={request.partOf} />
              ),
            })}
          </>
        )}
      </Text>
    </Flex>
  );

  function describeOrigin() {
    // The product files parts by itself.
    if (request.partOf) return t('detail.accessOf', facts);
    return request.filer
      ? t('detail.filedFor', {
          ...facts,
          filer: <PersonLink person={request.filer} />,
        })
      : t('detail.filedBy', facts);
  }
}
