import { ButtonLink, Flex, Text } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';
import classes from './detail.module.css';

/** Who asks, why, and the way in once it is usable. */
export function RequestFacts({ request }: { request: RequestDetail }) {
  const t = useTexts();
  const names = new Map(request.accounts.map(({ id, name }) => [id, name]));
  return (
    <Flex direction="column" gap="3">
      <blockquote className={classes.quote}>{request.justification}</blockquote>
      <Text variant="body-small" color="secondary">
        {t('detail.filedBy', {
          person: <PersonLink person={request.requester} />,
          team: <EntityRefLink entityRef={request.team} defaultKind="group" />,
          age: <RelativeTime at={request.createdAt} />,
        })}
        {request.ticket &&
          ` · ${t('detail.ticket', { ticket: request.ticket })}`}
      </Text>
      {request.state === 'active' && request.consoleUrls.length > 0 && (
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          {request.consoleUrls.map(({ accountId, url }) => (
            <ButtonLink
              key={accountId}
              variant="primary"
              href={url}
              target="_blank"
              rel="noopener noreferrer"
              iconEnd={<RiExternalLinkLine aria-hidden="true" />}
            >
              {t('action.openConsole')} · {names.get(accountId) ?? accountId}
            </ButtonLink>
          ))}
        </Flex>
      )}
    </Flex>
  );
}
