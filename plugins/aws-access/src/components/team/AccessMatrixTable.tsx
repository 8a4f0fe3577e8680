import { Text, VisuallyHidden } from '@backstage/ui';
import { AccountRef } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { AccessMatrix, MatrixPerson } from '../../model/accessMatrix';
import { AccountName } from '../common/AccountName';
import { Chip } from '../common/Chip';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { PersonLink } from '../common/PersonLink';
import { GrantButton } from './GrantButton';
import classes from './AccessMatrixTable.module.css';

/** Who reaches which account: people down, accounts across. */
export function AccessMatrixTable(props: { matrix: AccessMatrix }) {
  const t = useTexts();
  const { accounts, people } = props.matrix;
  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={t('team.matrix.label')}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.person}>
              {t('team.matrix.person')}
            </th>
            {accounts.map(account => (
              <th key={account.id} scope="col">
                <span className={classes.account}>
                  <AccountName account={account} />
                  <EnvironmentChip environment={account.environment} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map(person => (
            <tr key={person.key}>
              <th scope="row" className={classes.person}>
                <PersonLink person={person.holder} />
                {person.holder.inTeam === false && (
                  <span className={classes.outsider}>
                    <Chip tone="warning">{t('team.matrix.notInTeam')}</Chip>
                  </span>
                )}
              </th>
              {accounts.map(account => (
                <td key={account.id}>
                  <MatrixCell person={person} account={account} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MatrixCell(props: { person: MatrixPerson; account: AccountRef }) {
  const t = useTexts();
  const grants = props.person.cells.get(props.account.id) ?? [];
  if (grants.length === 0) {
    return (
      <>
        <Text aria-hidden="true" className={classes.none}>
          –
        </Text>
        <VisuallyHidden>{t('team.matrix.none')}</VisuallyHidden>
      </>
    );
  }
  return (
    <span className={classes.cell}>
      {grants.map(grant => (
        <GrantButton key={grant.entry.id} grant={grant} />
      ))}
    </span>
  );
}
