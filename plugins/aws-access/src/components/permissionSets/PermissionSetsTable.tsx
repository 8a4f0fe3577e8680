import { Cell, ColumnConfig, Table, Text, useTable } from '@backstage/ui';
import { ReactNode, useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import {
  PermissionSetListRow,
  sortPermissionSets,
} from '../../model/permissionSetList';
import { PermissionSetName } from '../common/PermissionSetName';
import { describeContent } from './describeService';
import { FindingsCell } from './FindingsCell';
import classes from './permissionSets.module.css';
import { UseCell } from './UseCell';

/** Permission sets with what they grant, who has them, and what in them is worth an eye. */
export function PermissionSetsTable(props: {
  rows: PermissionSetListRow[];
  /** Whether the numbers are of all people. */
  seesEverybody: boolean;
  emptyState: ReactNode;
}) {
  const t = useTexts();
  const { seesEverybody } = props;
  const columns = useMemo<ColumnConfig<PermissionSetListRow>[]>(
    () => [
      {
        id: 'name',
        label: t('permissionSet.column.name'),
        isRowHeader: true,
        isSortable: true,
        minWidth: 170,
        cell: ({ permissionSet }) => (
          <Cell>
            <PermissionSetName
              permissionSet={permissionSet}
              organizationId={permissionSet.organizationId}
            />
          </Cell>
        ),
      },
      {
        id: 'description',
        label: t('permissionSet.column.description'),
        minWidth: 190,
        cell: ({ permissionSet }) => (
          <Cell>
            <span className={classes.stack}>
              <span>{permissionSet.description ?? '–'}</span>
              <Text as="span" variant="body-small" color="secondary">
                {t('permissionSet.madeOf', {
                  what: describeContent(permissionSet, t),
                  session: formatIsoDuration(permissionSet.sessionDuration),
                })}
              </Text>
            </span>
          </Cell>
        ),
      },
      {
        id: 'use',
        label: t('permissionSet.column.use'),
        isSortable: true,
        width: 115,
        cell: ({ use }) => (
          <Cell>
            <UseCell use={use} seesEverybody={seesEverybody} />
          </Cell>
        ),
      },
      {
        id: 'findings',
        label: t('permissionSet.column.findings'),
        isSortable: true,
        minWidth: 150,
        cell: ({ use }) => (
          <Cell>
            <FindingsCell use={use} />
          </Cell>
        ),
      },
      {
        id: 'yours',
        label: t('permissionSet.column.yours'),
        isSortable: true,
        minWidth: 110,
        cell: ({ yours }) => (
          <Cell>
            <span className={classes.stack}>
              {yours.map(({ name }) => name).join(', ') || '–'}
            </span>
          </Cell>
        ),
      },
    ],
    [t, seesEverybody],
  );
  const { tableProps } = useTable({
    mode: 'complete',
    data: props.rows,
    initialSort: { column: 'name', direction: 'ascending' },
    sortFn: sortPermissionSets,
    paginationOptions: { pageSize: 20 },
  });
  return (
    <Table
      {...tableProps}
      columnConfig={columns}
      emptyState={props.emptyState}
    />
  );
}
