import { Cell, CellText, ColumnConfig, Table, useTable } from '@backstage/ui';
import { ReactNode, useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { formatIsoDuration } from '../../model/formatDuration';
import {
  PermissionSetListRow,
  sortPermissionSets,
} from '../../model/permissionSetList';
import { PermissionSetName } from '../common/PermissionSetName';
import { describeContent } from './describeService';
import classes from './permissionSets.module.css';

/** Permission sets with what they grant, what they are made of, and where one has them. */
export function PermissionSetsTable(props: {
  rows: PermissionSetListRow[];
  emptyState: ReactNode;
}) {
  const t = useTexts();
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
        minWidth: 160,
        cell: ({ permissionSet }) => (
          <Cell>
            <span className={classes.stack}>
              {permissionSet.description ?? '–'}
            </span>
          </Cell>
        ),
      },
      {
        id: 'made',
        label: t('permissionSet.column.made'),
        minWidth: 130,
        cell: ({ permissionSet }) => (
          <Cell>
            <span className={classes.stack}>
              {describeContent(permissionSet, t)}
            </span>
          </Cell>
        ),
      },
      {
        id: 'session',
        label: t('permissionSet.column.session'),
        width: 85,
        cell: ({ permissionSet }) => (
          <CellText title={formatIsoDuration(permissionSet.sessionDuration)} />
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
    [t],
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
