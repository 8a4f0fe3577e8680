import { Alert, Flex, Text } from '@backstage/ui';
import { OrganizationCredentials } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { RelativeTime } from '../common/RelativeTime';
import classes from './operations.module.css';

/** How the portal comes into both clouds, and what it cannot do that way. */
export function Credentials(props: { credentials: OrganizationCredentials }) {
  const t = useTexts();
  const { aws, entra, checkedAt } = props.credentials;
  const awsTypes: Record<string, string> = {
    default: t('operations.awsCredentials.default'),
    assumeRole: t('operations.awsCredentials.assumeRole'),
    accessKey: t('operations.awsCredentials.accessKey'),
  };
  const entraTypes: Record<string, string> = {
    accessToken: t('operations.entraCredentials.accessToken'),
    clientSecret: t('operations.entraCredentials.clientSecret'),
    certificate: t('operations.entraCredentials.certificate'),
    workloadIdentity: t('operations.entraCredentials.workloadIdentity'),
    managedIdentity: t('operations.entraCredentials.managedIdentity'),
  };
  return (
    <Flex direction="column" gap="3">
      <dl className={classes.credentials}>
        <dt>
          <Text weight="bold">AWS</Text>
        </dt>
        <dd>
          <Text as="p">
            {awsTypes[aws.type] ?? aws.type} ·{' '}
            {t(`operations.account.${aws.account}`)}
          </Text>
          <Problem {...aws} />
          {aws.account === 'delegated' && (
            <>
              <Text as="p">{t('operations.cannot')}</Text>
              <ul>
                <li>
                  <Text>{t('operations.cannotListByPrincipal')}</Text>
                </li>
                <li>
                  <Text>{t('operations.cannotTouchShared')}</Text>
                </li>
              </ul>
            </>
          )}
          {aws.account === 'management' && (
            <Text as="p" color="secondary">
              {t('operations.canAll')}
            </Text>
          )}
        </dd>
        <dt>
          <Text weight="bold">Microsoft Entra ID</Text>
        </dt>
        <dd>
          <Text as="p">
            {entraTypes[entra.type] ?? entra.type}
            {entra.expiresAt && (
              <>
                {' · '}
                {t('operations.ends')} <RelativeTime at={entra.expiresAt} />
              </>
            )}
          </Text>
          <Problem {...entra} />
          {!entra.assignsApplication && (
            <Text as="p">{t('operations.cannotAssignApplication')}</Text>
          )}
          <Text as="p" color="secondary">
            {t('operations.cannotHurryScim')}
          </Text>
        </dd>
      </dl>
      <Text variant="body-small" color="secondary">
        {checkedAt ? (
          <>
            {t('operations.checked')} <RelativeTime at={checkedAt} />
          </>
        ) : (
          t('operations.notChecked')
        )}
      </Text>
    </Flex>
  );
}

function Problem(props: {
  problem: string | null;
  cloudMessage: string | null;
}) {
  const t = useTexts();
  if (!props.problem) return null;
  return (
    <Alert
      status="danger"
      icon
      title={props.problem}
      description={
        props.cloudMessage
          ? t('operations.cloudSaid', { message: props.cloudMessage })
          : undefined
      }
    />
  );
}
