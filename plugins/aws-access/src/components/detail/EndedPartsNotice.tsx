import { Link, Text } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';

/** Where the access has ended while the rest goes on: the title and the plan keep naming it. */
export function EndedPartsNotice({ request }: { request: RequestDetail }) {
  const t = useTexts();
  const routes = useRoutes();
  const { endedParts } = request;
  if (!endedParts) return null;
  return (
    <div role="note">
      {endedParts.map(({ accounts, at, by, requestId, number }) => {
        const facts = {
          at: <RelativeTime at={at} />,
          request: (
            <Link href={routes.request(requestId)}>
              {t('detail.number', { number: String(number) })}
            </Link>
          ),
        };
        return (
          <Text key={requestId} as="p">
            <strong>
              {t('detail.endedPart', {
                accounts: accounts
                  .map(({ name, id }) => `${name} (${id})`)
                  .join(', '),
              })}
            </strong>
            {': '}
            {by
              ? t('detail.endedPartBy', {
                  ...facts,
                  person: <PersonLink person={by} />,
                })
              : t('detail.endedPartByProduct', facts)}
          </Text>
        );
      })}
      <Text variant="body-small" color="secondary">
        {t('detail.endedPartPlan')}
      </Text>
    </div>
  );
}
