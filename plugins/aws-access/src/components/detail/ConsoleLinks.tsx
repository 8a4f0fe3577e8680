import { ButtonLink } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';

/** The way into each account, once the access is usable. */
export function ConsoleLinks({ request }: { request: RequestDetail }) {
  const t = useTexts();
  if (request.state !== 'active') return null;
  const names = new Map(request.accounts.map(({ id, name }) => [id, name]));
  return (
    <>
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
    </>
  );
}
