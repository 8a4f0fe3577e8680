import { ButtonLink, Flex } from '@backstage/ui';
import {
  AccessResponse,
  RequestSummary,
} from 'backstage-plugin-aws-access-common';
import { useMemo } from 'react';
import { useNow } from '../../hooks/useNow';
import { useTexts } from '../../hooks/useTexts';
import { AccessPortal } from '../../model/cliProfile';
import { groupMyAccess, MyEntry } from '../../model/groupMyAccess';
import { useRoutes } from '../../routes';
import { EmptyState } from '../common/EmptyState';
import { Section } from '../common/Section';
import { EndingSoonLines } from './EndingSoonLines';
import { RequestLines } from './RequestLines';
import { UsableTable } from './UsableTable';

/** What one person has, gets and had. */
export function MyAccessView(props: {
  access: AccessResponse;
  requests: readonly RequestSummary[];
  /** Access portal of each organization. */
  portals: ReadonlyMap<string, AccessPortal>;
  onGiveBack: (entry: MyEntry) => void;
  onExtend: (entry: MyEntry) => void;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const now = useNow();
  const { access, requests } = props;
  const groups = useMemo(
    () => groupMyAccess(access.items, requests, now),
    [access.items, requests, now],
  );
  const title = (text: string, items: readonly unknown[]) =>
    t('myAccess.count', { title: text, number: String(items.length) });

  return (
    <Flex direction="column" gap="4">
      {groups.endingSoon.length > 0 && (
        <Section title={title(t('myAccess.endingSoon'), groups.endingSoon)}>
          <EndingSoonLines entries={groups.endingSoon} />
        </Section>
      )}
      <Section title={title(t('myAccess.usable'), groups.usable)}>
        {groups.usable.length > 0 ? (
          <UsableTable
            entries={groups.usable}
            now={now}
            portals={props.portals}
            onGiveBack={props.onGiveBack}
            onExtend={props.onExtend}
          />
        ) : (
          <EmptyState
            title={t('myAccess.emptyTitle')}
            body={
              access.freshness.complete
                ? t('myAccess.emptyBody')
                : t('myAccess.emptyIncomplete')
            }
            action={
              <ButtonLink href={routes.requestForm()}>
                {t('action.requestAccess')}
              </ButtonLink>
            }
          />
        )}
      </Section>
      {groups.onItsWay.length + groups.arriving.length > 0 && (
        <Section
          title={title(t('myAccess.onItsWay'), [
            ...groups.onItsWay,
            ...groups.arriving,
          ])}
        >
          <RequestLines requests={groups.onItsWay} />
          {groups.arriving.map(({ entry }) => (
            <p key={entry.id}>
              {entry.account.name} ({entry.account.id}) ·{' '}
              {entry.permissionSet.name} · {t('myAccess.arriving')}
            </p>
          ))}
        </Section>
      )}
      {groups.recentlyEnded.length > 0 && (
        <Section
          title={title(t('myAccess.recentlyEnded'), groups.recentlyEnded)}
        >
          <RequestLines requests={groups.recentlyEnded} />
        </Section>
      )}
    </Flex>
  );
}
