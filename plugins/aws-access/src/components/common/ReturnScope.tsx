import { Text } from '@backstage/ui';
import { Plan, RequestSummary } from 'backstage-plugin-aws-access-common';
import { useIsOwnRequest } from '../../hooks/useIsOwnRequest';
import { useTexts } from '../../hooks/useTexts';

/** More names would not be read before a button is pressed. */
const MOST_NAMES = 5;

/** Whose access ends, how much of it, and what stays. */
export function ReturnScope(props: {
  request: Pick<
    RequestSummary,
    'accounts' | 'flags' | 'people' | 'requester' | 'filer'
  > & {
    /** Left out while it is not known yet. */
    plan?: Pick<Plan, 'adopts'>;
  };
}) {
  const t = useTexts();
  const { accounts, flags, people, plan } = props.request;
  const isOwn = useIsOwnRequest(props.request);
  const ending = flags.endsOnly?.map(({ id }) => id);
  const losing = new Set(
    (plan?.adopts ?? [])
      .filter(({ accountId }) => !ending || ending.includes(accountId))
      .map(({ entraUserId }) => entraUserId),
  );
  const names = people.slice(0, MOST_NAMES).map(person => person.displayName);
  return (
    <>
      {!isOwn && names.length > 0 && (
        <Text>
          {t('detail.endWhose', {
            people:
              names.length < people.length
                ? t('detail.endWhoseMore', {
                    people: names.join(', '),
                    number: String(people.length - names.length),
                  })
                : names.join(', '),
          })}
        </Text>
      )}
      {flags.endsOnly && (
        <Text>
          {t('detail.returnOnly', {
            accounts: flags.endsOnly
              .map(({ name, id }) => `${name} (${id})`)
              .join(', '),
          })}
        </Text>
      )}
      {!flags.endsOnly && accounts.length > 1 && (
        <Text>{t('detail.returnAll', { count: accounts.length })}</Text>
      )}
      {losing.size > 0 && (
        <Text weight="bold">
          {t('detail.endAdopted', { count: losing.size })}
        </Text>
      )}
    </>
  );
}
