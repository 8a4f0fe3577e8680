import { Atom, Plan } from 'backstage-plugin-aws-access-common';
import { ReactNode } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { EndedAccounts } from '../../model/endedAccounts';
import { formatDuration } from '../../model/formatDuration';
import { groupAtoms } from '../../model/groupAtoms';
import { AccountName } from '../common/AccountName';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { PermissionSetName } from '../common/PermissionSetName';
import { PersonLink } from '../common/PersonLink';
import classes from './detail.module.css';
import { EndedMark } from './EndedMark';

/**
 * Effects of a plan: each person of a row in each account of it. All of them: a
 * plan that is not shown whole must not be approved (security rule 32).
 */
export function AtomTable(props: {
  plan: Plan;
  atoms: readonly Atom[];
  /** Where what they say has ended since; left out = nowhere. */
  ended?: EndedAccounts;
  label: string;
  /** Losses have no time. */
  hasTime: boolean;
}) {
  const t = useTexts();
  const { plan } = props;
  const people = new Map(plan.people.map(one => [one.entraUserId, one]));
  // By digest too: before and after its change a permission set allows other things.
  const setOf = (arn: string, digest: string) =>
    plan.permissionSets.find(
      set => set.arn === arn && set.documentDigest === digest,
    ) ?? plan.permissionSets.find(set => set.arn === arn);
  const accounts = new Map(plan.accounts.map(one => [one.id, one]));
  return (
    <table className={classes.table} aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">{t('detail.person')}</th>
          <th scope="col">{t('detail.permissionSet')}</th>
          <th scope="col">{t('detail.account')}</th>
          {props.hasTime && <th scope="col">{t('detail.until')}</th>}
        </tr>
      </thead>
      <tbody>
        {groupAtoms(props.atoms).map(group => {
          const permissionSet = setOf(
            group.permissionSetArn,
            group.documentDigest,
          );
          return (
            <tr
              key={[
                group.permissionSetArn,
                group.documentDigest,
                group.seconds,
                group.accountIds.join(),
              ].join(' ')}
            >
              <td>
                <Names
                  items={group.entraUserIds.map(id => {
                    const person = people.get(id);
                    return person ? <PersonLink person={person} /> : id;
                  })}
                />
              </td>
              <td>
                {permissionSet ? (
                  <PermissionSetName
                    permissionSet={permissionSet}
                    organizationId={plan.organization.organizationId}
                  />
                ) : (
                  group.permissionSetArn
                )}
              </td>
              <td>
                <Names
                  items={group.accountIds.map(id => {
                    const account = accounts.get(id);
                    return (
                      <span className={classes.inline}>
                        <AccountName account={account ?? { id, name: '' }} />
                        {account && (
                          <EnvironmentChip environment={account.environment} />
                        )}
                        <EndedMark part={props.ended?.get(id)} />
                      </span>
                    );
                  })}
                />
              </td>
              {props.hasTime && (
                <td className={classes.span}>
                  {group.seconds === null
                    ? t('detail.standing')
                    : formatDuration(group.seconds * 1000)}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** One thing as it is, several as a list. */
function Names({ items }: { items: ReactNode[] }) {
  if (items.length === 1) return <>{items[0]}</>;
  return (
    <ul className={classes.names}>
      {items.map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </ul>
  );
}
