import { Cell, CellText, ColumnConfig, Link, Table, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { RequestSummary } from 'backstage-plugin-aws-access-common';
import { ReactNode, useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { RelativeTime } from '../common/RelativeTime';
import { StateChip } from '../common/StateChip';
import classes from './RequestsTable.module.css';

/** Requests, newest first: number, what for which team, state, since. */
export function RequestsTable(props: {
  requests: readonly RequestSummary[];
  isStale: boolean;
  emptyState: ReactNode;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const columns = useMemo<ColumnConfig<RequestSummary>[]>(
    () => [
      {
        id: 'number',
        label: t('request.list.number'),
        width: 60,
        cell: request => (
          <CellText color="secondary" title={String(request.number)} />
        ),
      },
      {
        id: 'what',
        label: t('request.list.what'),
        isRowHeader: true,
        // Below this the sentence is a column of single words.
        minWidth: 200,
        cell: request => (
          // Not CellText: it cuts long titles off, and the end is the duration.
          <Cell>
            <span className={classes.what}>
              <Link href={routes.request(request.id)}>
                {request.goesOn?.title ?? request.title}
              </Link>
              <Text variant="body-small" color="secondary">
                <EntityRefLink
                  underline="always"
                  entityRef={request.team}
                  defaultKind="group"
                />
                {request.waitingFor.length > 0 &&
                  ` · ${t('myAccess.waitingFor', {
                    stages: request.waitingFor.join(', '),
                  })}`}
                {request.goesOn && ` · ${t('request.list.endedInPart')}`}
              </Text>
            </span>
          </Cell>
        ),
      },
      {
        id: 'environment',
        label: t('team.table.environment'),
        width: 125,
        cell: request => (
          <Cell>
            <span className={classes.chips}>
              {[
                ...new Set(
                  request.accounts.map(account => account.environment),
                ),
              ].map(environment => (
                <EnvironmentChip key={environment} environment={environment} />
              ))}
            </span>
          </Cell>
        ),
      },
      {
        id: 'state',
        label: t('request.list.state'),
        width: 205,
        cell: request => (
          <Cell>
            <StateChip state={request.state} isDone={request.isDone} />
          </Cell>
        ),
      },
      {
        id: 'since',
        label: t('request.list.since'),
        width: 115,
        cell: request => (
          <Cell>
            <Text color="secondary">
              <RelativeTime at={request.updatedAt} />
            </Text>
          </Cell>
        ),
      },
    ],
    [t, routes],
  );
  return (
    <Table
      columnConfig={columns}
      data={[...props.requests]}
      isStale={props.isStale}
      pagination={{ type: 'none' }}
      emptyState={props.emptyState}
    />
  );
}
