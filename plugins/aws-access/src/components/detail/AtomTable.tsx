import { Atom, Plan } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { formatDuration } from '../../model/formatDuration';
import { AccountName } from '../common/AccountName';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { PermissionSetName } from '../common/PermissionSetName';
import { PersonLink } from '../common/PersonLink';
import classes from './detail.module.css';

/**
 * Effects of a plan, one row each. All of them: a plan that is not shown whole
 * must not be approved (security rule 32).
 */
export function AtomTable(props: {
  plan: Plan;
  atoms: readonly Atom[];
  label: string;
}) {
  const t = useTexts();
  const { plan } = props;
  return (
    <table className={classes.table} aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">{t('detail.person')}</th>
          <th scope="col">{t('detail.permissionSet')}</th>
          <th scope="col">{t('detail.account')}</th>
          <th scope="col">{t('detail.until')}</th>
        </tr>
      </thead>
      <tbody>
        {props.atoms.map(atom => {
          const person = plan.people.find(
            ({ entraUserId }) => entraUserId === atom.entraUserId,
          );
          const permissionSet = plan.permissionSets.find(
            ({ arn }) => arn === atom.permissionSetArn,
          );
          const account = plan.accounts.find(({ id }) => id === atom.accountId);
          return (
            <tr
              key={`${atom.entraUserId} ${atom.permissionSetArn} ${atom.accountId}`}
            >
              <td>
                {person ? <PersonLink person={person} /> : atom.entraUserId}
              </td>
              <td>
                {permissionSet ? (
                  <PermissionSetName permissionSet={permissionSet} />
                ) : (
                  atom.permissionSetArn
                )}
              </td>
              <td>
                <span className={classes.inline}>
                  <AccountName
                    account={account ?? { id: atom.accountId, name: '' }}
                  />
                  {account && (
                    <EnvironmentChip environment={account.environment} />
                  )}
                </span>
              </td>
              <td>
                {atom.seconds === null
                  ? t('detail.standing')
                  : formatDuration(atom.seconds * 1000)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
