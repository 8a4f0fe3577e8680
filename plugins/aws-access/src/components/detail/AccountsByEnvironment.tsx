import { AccountRef, Environment } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { EndedAccounts } from '../../model/endedAccounts';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { EndedMark } from './EndedMark';
import classes from './detail.module.css';

const ORDER: Environment[] = ['prod', 'unknown', 'staging', 'dev', 'sandbox'];

const nameOf = ({ name, id }: AccountRef) => `${name} (${id})`;

/** Every account that a plan touches, production first, none of them hidden. */
export function AccountsByEnvironment(props: {
  accounts: readonly AccountRef[];
  /** Left out = none. */
  ended?: EndedAccounts;
}) {
  const t = useTexts();
  const { ended } = props;
  return (
    <ul className={classes.list} aria-label={t('detail.accounts')}>
      {ORDER.map(environment => ({
        environment,
        accounts: props.accounts.filter(
          account => account.environment === environment,
        ),
      }))
        .filter(({ accounts }) => accounts.length > 0)
        .map(({ environment, accounts }) => {
          const goingOn = accounts.filter(({ id }) => !ended?.has(id));
          return (
            <li key={environment} className={classes.environment}>
              <EnvironmentChip environment={environment} />
              <span className={classes.names}>
                {goingOn.length > 0 && (
                  <span>{goingOn.map(nameOf).join(', ')}</span>
                )}
                {accounts
                  .filter(({ id }) => ended?.has(id))
                  .map(account => (
                    <span key={account.id} className={classes.inline}>
                      {nameOf(account)}
                      <EndedMark part={ended?.get(account.id)} />
                    </span>
                  ))}
              </span>
            </li>
          );
        })}
    </ul>
  );
}
