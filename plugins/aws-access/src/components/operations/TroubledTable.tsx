import { Cell, ColumnConfig, Flex, Link, Table, Text } from '@backstage/ui';
import { TroubledRequest } from 'backstage-plugin-aws-access-common';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { useRoutes } from '../../routes';
import { AllIsWell } from '../common/AllIsWell';
import { RelativeTime } from '../common/RelativeTime';
import { StateChip } from '../common/StateChip';
import classes from './operations.module.css';

/** Requests that somebody should look at, the worst first, each with what keeps it. */
export function TroubledTable(props: {
  requests: readonly TroubledRequest[];
  /** Which moment counts: since when it is stuck, or when it should have ended. */
  moment: 'since' | 'end';
  empty: { title: string; body: string };
}) {
  const t = useTexts();
  const routes = useRoutes();
  const { moment } = props;
  const columns = useMemo<ColumnConfig<TroubledRequest>[]>(
    () => [
      {
        id: 'request',
        label: t('operations.column.request'),
        isRowHeader: true,
        cell: request => (
          <Cell>
            <Link href={routes.request(request.id)}>
              {request.number} · {request.title}
            </Link>
          </Cell>
        ),
      },
      {
        id: 'state',
        label: t('operations.column.state'),
        width: 130,
        cell: request => (
          <Cell>
            <StateChip state={request.state} />
          </Cell>
        ),
      },
      {
        id: 'moment',
        label: t(`operations.column.${moment}`),
        width: 150,
        cell: request => (
          <Cell>
            <RelativeTime
              at={moment === 'end' ? request.endsAt! : request.since}
            />
          </Cell>
        ),
      },
      {
        id: 'why',
        label: t('operations.column.why'),
        cell: request => (
          <Cell>
            <Flex direction="column" gap="1" className={classes.why}>
              {request.waitsForScim && (
                <Text>{t('operations.waitsForScim')}</Text>
              )}
              {request.step && <Text weight="bold">{request.step}</Text>}
              {request.reason && <Text>{request.reason}</Text>}
              {request.cloudMessage && (
                <Text variant="body-small" color="secondary">
                  {t('operations.cloudSaid', { message: request.cloudMessage })}
                </Text>
              )}
            </Flex>
          </Cell>
        ),
      },
    ],
    [t, routes, moment],
  );
  if (props.requests.length === 0) {
    return <AllIsWell title={props.empty.title} body={props.empty.body} />;
  }
  return (
    <Table
      columnConfig={columns}
      data={[...props.requests]}
      pagination={{ type: 'none' }}
    />
  );
}
