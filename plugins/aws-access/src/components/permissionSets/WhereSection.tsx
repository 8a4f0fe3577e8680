import { Alert, Flex, Text } from '@backstage/ui';
import { PermissionSetDetail } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { Section } from '../common/Section';
import { AccountsByEnvironment } from '../detail/AccountsByEnvironment';

/** In which accounts it is, as far as the reader may know, and which are behind. */
export function WhereSection(props: { set: PermissionSetDetail }) {
  const t = useTexts();
  const { accounts, outdatedAccounts, seesEverybody } = props.set;
  return (
    <Section title={t('permissionSet.where')}>
      <Flex direction="column" gap="4">
        {accounts.length > 0 ? (
          <AccountsByEnvironment accounts={accounts} />
        ) : (
          <Text>
            {seesEverybody
              ? t('permissionSet.whereNowhere')
              : t('permissionSet.whereNowhereOfYours')}
          </Text>
        )}
        {outdatedAccounts && outdatedAccounts.length > 0 ? (
          <Alert
            status="warning"
            icon
            title={t('permissionSet.outdated')}
            description={outdatedAccounts
              .map(({ name, id }) => `${name} (${id})`)
              .join(', ')}
          />
        ) : (
          <Text variant="body-small" color="secondary">
            {outdatedAccounts
              ? t('permissionSet.outdatedNone')
              : t('permissionSet.outdatedUnknown')}
          </Text>
        )}
        {!seesEverybody && (
          <Text variant="body-small" color="secondary">
            {t('permissionSet.onlyYours')}
          </Text>
        )}
      </Flex>
    </Section>
  );
}
