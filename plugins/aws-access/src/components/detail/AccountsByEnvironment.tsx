import { AccountRef, Environment } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { EnvironmentChip } from '../common/EnvironmentChip';
import classes from './detail.module.css';

const ORDER: Environment[] = ['prod', 'unknown', 'staging', 'dev', 'sandbox'];

/** Every account that a plan touches, production first, none of them hidden. */
export function AccountsByEnvironment(props: {
  accounts: readonly AccountRef[];
}) {
  const t = useTexts();
  return (
    <ul className={classes.list} aria-label={t('detail.accounts')}>
      {ORDER.map(environment => ({
        environment,
        accounts: props.accounts.filter(
          account => account.environment === environment,
        ),
      }))
        .filter(({ accounts }) => accounts.length > 0)
        .map(({ environment, accounts }) => (
          <li key={environment} className={classes.environment}>
            <EnvironmentChip environment={environment} />
            <span>
              {accounts.map(({ name, id }) => `${name} (${id})`).join(', ')}
            </span>
          </li>
        ))}
    </ul>
  );
}
