import { Text } from '@backstage/ui';
import { RequestSummary } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';

/** How much ends when access is given back or taken away, and what stays. */
export function ReturnScope(props: {
  request: Pick<RequestSummary, 'accounts' | 'flags'>;
}) {
  const t = useTexts();
  const { accounts, flags } = props.request;
  if (flags.endsOnly) {
    return (
      <Text>
        {t('detail.returnOnly', {
          accounts: flags.endsOnly
            .map(({ name, id }) => `${name} (${id})`)
            .join(', '),
        })}
      </Text>
    );
  }
  return accounts.length > 1 ? (
    <Text>{t('detail.returnAll', { count: accounts.length })}</Text>
  ) : null;
}
