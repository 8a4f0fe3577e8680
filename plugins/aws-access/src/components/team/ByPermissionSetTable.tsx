import {
  Cell,
  CellText,
  ColumnConfig,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import { AccessEntry } from 'backstage-plugin-aws-access-common';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import {
  groupByPermissionSet,
  PermissionSetRow,
  sortPermissionSetRows,
} from '../../model/accessRows';
import { formatIsoDuration } from '../../model/formatDuration';
import { PermissionSetName } from '../common/PermissionSetName';
import { PeopleList } from './PeopleList';

/** Each permission set with the accounts and people that have it. */
export function ByPermissionSetTable(props: { entries: AccessEntry[] }) {
  const t = useTexts();
  const rows = useMemo(
    () => groupByPermissionSet(props.entries),
    [props.entries],
  );
  const columns = useMemo<ColumnConfig<PermissionSetRow>[]>(
    () => [
      {
        id: 'permissionSet',
        label: t('team.table.permissionSet'),
        isRowHeader: true,
        isSortable: true,
        cell: row => (
          <Cell>
            <PermissionSetName
              permissionSet={row.permissionSet}
              organizationId={row.organizationId}
            />
          </Cell>
        ),
      },
      {
        id: 'accounts',
        label: t('team.table.accounts'),
        isSortable: true,
        cell: row => (
          <Cell>{row.accounts.map(account => account.name).join(', ')}</Cell>
        ),
      },
      {
        id: 'people',
        label: t('team.table.people'),
        isSortable: true,
        cell: row => (
          <Cell>
            <PeopleList people={row.people} />
          </Cell>
        ),
      },
      {
        id: 'temporary',
        label: t('team.table.temporary'),
        isSortable: true,
        width: 140,
        cell: row => <CellText title={String(row.temporary)} />,
      },
      {
        id: 'session',
        label: t('team.table.session'),
        width: 120,
        cell: row => (
          <CellText
            title={formatIsoDuration(row.permissionSet.sessionDuration)}
          />
        ),
      },
    ],
    [t],
  );
  const { tableProps } = useTable({
    mode: 'complete',
    data: rows,
    initialSort: { column: 'permissionSet', direction: 'ascending' },
    sortFn: sortPermissionSetRows,
    paginationOptions: { pageSize: 20 },
  });
  return (
    <Table
      {...tableProps}
      columnConfig={columns}
      emptyState={<Text color="secondary">{t('team.filter.nothing')}</Text>}
    />
  );
}
