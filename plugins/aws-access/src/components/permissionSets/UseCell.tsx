import { Text } from '@backstage/ui';
import { PermissionSetUse } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import classes from './permissionSets.module.css';

/** Accounts, groups and people that have a permission set, as far as one may know. */
export function UseCell(props: {
  use: PermissionSetUse | undefined;
  /** Otherwise there may be more than is counted. */
  seesEverybody: boolean;
}) {
  const t = useTexts();
  const { use } = props;
  if (!use) return <span className={classes.stack}>–</span>;
  if (use.accounts === 0) {
    return (
      <Text variant="body-small" color="secondary">
        {props.seesEverybody
          ? t('permissionSet.use.nowhere')
          : t('permissionSet.use.nowhereOfYours')}
      </Text>
    );
  }
  return (
    <span className={classes.stack}>
      <span>{t('permissionSet.use.accounts', { count: use.accounts })}</span>
      <span>{t('permissionSet.use.groups', { count: use.groups })}</span>
      <span>{t('permissionSet.use.people', { count: use.people })}</span>
    </span>
  );
}
