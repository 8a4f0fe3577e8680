import { Button, ButtonLink, Flex, Link, Text } from '@backstage/ui';
import { AccessPath } from 'backstage-plugin-aws-access-common';
import { useState } from 'react';
import { useIsOwnRequest } from '../../hooks/useIsOwnRequest';
import { useRequest } from '../../hooks/useRequests';
import { Texts, useTexts } from '../../hooks/useTexts';
import { Grant } from '../../model/accessMatrix';
import { useRoutes } from '../../routes';
import { GiveBackDialog } from '../common/GiveBackDialog';
import { PermissionSetName } from '../common/PermissionSetName';
import { TimeLeft } from '../common/TimeLeft';
import { VerdictChip } from '../common/VerdictChip';
import classes from './GrantDetails.module.css';

/** Through what, since what request, until when, and how to give it back. */
export function GrantDetails(props: { grant: Grant }) {
  const t = useTexts();
  const routes = useRoutes();
  const { entry, holder } = props.grant;
  return (
    <div className={classes.details}>
      <Text as="h4" weight="bold">
        {t('team.detail.title', {
          person: holder.displayName,
          account: `${entry.account.name} (${entry.account.id})`,
        })}
      </Text>
      <Flex gap="2" align="center">
        <PermissionSetName
          permissionSet={entry.permissionSet}
          organizationId={entry.organizationId}
        />
        <VerdictChip verdict={entry.verdict} />
      </Flex>
      <dl className={classes.facts}>
        <dt>{t('team.detail.through')}</dt>
        <dd>{describePath(entry.path, t)}</dd>
        <dt>{t('team.detail.reach')}</dt>
        <dd>{t(`team.reach.${holder.reach}`)}</dd>
        <dt>{t('team.detail.until')}</dt>
        <dd>
          <TimeLeft until={entry.until} />
        </dd>
        <dt>{t('team.detail.request')}</dt>
        <dd>
          {entry.requestId ? (
            <Link href={routes.request(entry.requestId)}>
              {t('team.detail.requestNumber', {
                number: String(entry.requestNumber),
              })}
            </Link>
          ) : (
            t('team.detail.noRequest')
          )}
        </dd>
        {entry.evidence && (
          <>
            <dt>{t('team.detail.evidence')}</dt>
            <dd>{t(`team.evidence.${entry.evidence}`)}</dd>
          </>
        )}
      </dl>
      {entry.verdict === 'unmanaged' &&
        entry.path.via === 'group' &&
        entry.path.entraGroupId && (
          <ButtonLink
            variant="secondary"
            href={routes.requestForm({
              kind: 'adoption',
              accessGroup: entry.path.entraGroupId,
            })}
          >
            {t('team.askToAdopt')}
          </ButtonLink>
        )}
      {entry.requestId && (
        <GiveBackButton requestId={entry.requestId} grant={props.grant} />
      )}
    </div>
  );
}

/** Offered only when the server says that the reader may give it back. */
function GiveBackButton(props: { requestId: string; grant: Grant }) {
  const t = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const request = useRequest(props.requestId);
  const isOwn = useIsOwnRequest(request.data);
  const { entry } = props.grant;
  if (!request.data?.flags.canReturn) return null;
  return (
    <>
      <Button variant="secondary" onPress={() => setIsOpen(true)}>
        {t(isOwn ? 'action.giveBack' : 'detail.endConfirm')}
      </Button>
      {isOpen && (
        <GiveBackDialog
          request={request.data}
          what={`${entry.permissionSet.name} · ${entry.account.name} (${entry.account.id})`}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

function describePath(path: AccessPath, t: Texts) {
  switch (path.via) {
    case 'group':
      return t('team.detail.group', { name: path.groupName });
    case 'direct':
      return t('team.detail.direct');
    default:
      return t('team.detail.missing', { id: path.principalId });
  }
}
