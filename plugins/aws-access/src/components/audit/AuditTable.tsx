import { Cell, CellText, ColumnConfig, Link, Table, Text } from '@backstage/ui';
import {
  AUDIT_KINDS,
  AuditEvent,
  AuditKind,
} from 'backstage-plugin-aws-access-common';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { EmptyState } from '../common/EmptyState';

/** Other versions may have recorded what this one has no words for. */
function isKnown(kind: string): kind is AuditKind {
  return AUDIT_KINDS.some(known => known === kind);
}

/** Rows of the audit log, the newest first. */
export function AuditTable(props: {
  events: readonly AuditEvent[];
  isFiltered: boolean;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const columns = useMemo<ColumnConfig<AuditEvent & { id: number }>[]>(
    () => [
      {
        id: 'row',
        label: t('audit.row'),
        width: 80,
        cell: event => (
          <CellText color="secondary" title={String(event.sequence)} />
        ),
      },
      {
        id: 'at',
        label: t('audit.at'),
        width: 220,
        cell: event => <CellText title={event.at} />,
      },
      {
        id: 'what',
        label: t('audit.what'),
        isRowHeader: true,
        cell: event => (
          <Cell>
            <Text as="p">
              {isKnown(event.kind)
                ? t(`audit.kinds.${event.kind}`)
                : event.kind}
            </Text>
            <Text as="p" variant="body-small" color="secondary">
              {event.kind}
            </Text>
          </Cell>
        ),
      },
      {
        id: 'who',
        label: t('audit.who'),
        cell: event => <CellText title={event.actor ?? t('audit.product')} />,
      },
      {
        id: 'request',
        label: t('audit.request'),
        width: 110,
        cell: event => (
          <Cell>
            {event.requestId ? (
              <Link href={routes.request(event.requestId)}>
                {t('audit.openRequest')}
              </Link>
            ) : (
              <Text color="secondary">–</Text>
            )}
          </Cell>
        ),
      },
    ],
    [t, routes],
  );
  return (
    <Table
      columnConfig={columns}
      data={props.events.map(event => ({ ...event, id: event.sequence }))}
      pagination={{ type: 'none' }}
      emptyState={
        props.isFiltered ? (
          <EmptyState
            title={t('audit.emptyFilterTitle')}
            body={t('audit.emptyFilterBody')}
          />
        ) : (
          <EmptyState
            title={t('audit.emptyTitle')}
            body={t('audit.emptyBody')}
          />
        )
      }
    />
  );
}
