import { Text } from '@backstage/ui';
import {
  Plan,
  RequestDetail,
  RequestSummary,
} from 'backstage-plugin-aws-access-common';
import { useIsOwnRequest } from '../../hooks/useIsOwnRequest';
import { useTexts } from '../../hooks/useTexts';
import { endedAccountsOf } from '../../model/endedAccounts';

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
  } & Pick<RequestDetail, 'endedParts'>;
}) {
  const t = useTexts();
  const { flags, people, plan } = props.request;
  const ended = endedAccountsOf(props.request);
  const accounts = props.request.accounts.filter(({ id }) => !ended.has(id));
  const isOwn = useIsOwnRequest(props.request);
  const ending = flags.endsOnly?.map(({ id }) => id);
  const losing = new Set(
    (plan?.adopts ?? [])
      .filter(({ accountId }) =>
        ending ? ending.includes(accountId) : !ended.has(accountId),
      )
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
