import { AccountRef } from 'backstage-plugin-aws-access-common';
import classes from './AccountName.module.css';

/** An account's name, never without the id that tells look-alikes apart. */
export function AccountName(props: {
  account: Pick<AccountRef, 'id' | 'name'>;
}) {
  return (
    <span className={classes.account}>
      <span className={classes.name}>{props.account.name}</span>
      <span className={classes.id}>{props.account.id}</span>
    </span>
  );
}
