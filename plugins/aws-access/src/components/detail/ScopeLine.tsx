import { Text } from '@backstage/ui';
import { Plan } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { formatDuration } from '../../model/formatDuration';
import { readScope } from '../../model/readScope';

/** What is kept true: where, how many accounts at most, and until when. */
export function ScopeLine(props: { plan: Plan; document: unknown }) {
  const t = useTexts();
  const found = readScope(props.document);
  if (!found || found.scope.kind === 'named') return null;
  const { scope, accountIds } = found;
  const names = new Map(props.plan.accounts.map(({ id, name }) => [id, name]));
  const where = {
    organizationalUnit: () =>
      scope.kind === 'organizationalUnit'
        ? t('detail.scopeUnit', { id: scope.id })
        : '',
    tag: () =>
      scope.kind === 'tag'
        ? t('detail.scopeTag', { tag: `${scope.key}=${scope.value}` })
        : '',
    all: () => t('detail.scopeAll'),
  }[scope.kind]();
  return (
    <Text variant="body-small" color="secondary">
      {t('detail.scope', {
        where,
        most: String(scope.maxAccounts),
        span: formatDuration(found.seconds * 1000),
      })}{' '}
      {t('detail.scopeNow', {
        accounts:
          accountIds
            .map(id => `${names.get(id) ?? ''} (${id})`.trim())
            .join(', ') || t('detail.nothing'),
      })}
    </Text>
  );
}
