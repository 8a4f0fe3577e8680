import { Text } from '@backstage/ui';
import { RequestDetail } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { PersonLink } from '../common/PersonLink';
import { RelativeTime } from '../common/RelativeTime';
import { RequestLink } from './RequestLink';

/**
 * Where the access has ended while the rest goes on, and what was approved: the
 * title says what is left.
 */
export function EndedPartsNotice({ request }: { request: RequestDetail }) {
  const t = useTexts();
  const { endedParts, goesOn } = request;
  if (!endedParts) return null;
  return (
    <div role="note">
      {endedParts.map(part => (
        <Text key={part.accounts.map(({ id }) => id).join()} as="p">
          <strong>
            {t('detail.endedPart', {
              accounts: part.accounts
                .map(({ name, id }) => `${name} (${id})`)
                .join(', '),
            })}
          </strong>
          {': '}
          {sentenceOf(part)}
        </Text>
      ))}
      {goesOn && (
        <Text as="p" variant="body-small" color="secondary">
          {t('detail.endedApproved', { title: request.title })}
        </Text>
      )}
    </div>
  );

  function sentenceOf({
    at,
    by,
    request: part,
  }: NonNullable<RequestDetail['endedParts']>[number]) {
    const when = <RelativeTime at={at} />;
    if (!part) return t('detail.endedPartTaken', { at: when });
    const facts = { at: when, request: <RequestLink request={part} /> };
    return by
      ? t('detail.endedPartBy', {
          ...facts,
          person: <PersonLink person={by} />,
        })
      : t('detail.endedPartByProduct', facts);
  }
}
