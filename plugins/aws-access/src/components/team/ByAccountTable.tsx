import {
  Cell,
  CellText,
  ColumnConfig,
  Flex,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import { AccessEntry } from 'backstage-plugin-aws-access-common';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { sortEntries } from '../../model/accessRows';
import { AccessLevelChip } from '../common/AccessLevelChip';
import { AccountName } from '../common/AccountName';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { TimeLeft } from '../common/TimeLeft';
import { PeopleList } from './PeopleList';

/** Every way into every account, one row each. */
export function ByAccountTable(props: { entries: AccessEntry[] }) {
  const t = useTexts();
  const columns = useMemo<ColumnConfig<AccessEntry>[]>(
    () => [
      {
        id: 'account',
        label: t('team.table.account'),
        isRowHeader: true,
        isSortable: true,
        cell: entry => (
          <Cell>
            <AccountName account={entry.account} />
          </Cell>
        ),
      },
      {
        id: 'environment',
        label: t('team.table.environment'),
        isSortable: true,
        width: 130,
        cell: entry => (
          <Cell>
            <EnvironmentChip environment={entry.account.environment} />
          </Cell>
        ),
      },
      {
        id: 'permissionSet',
        label: t('team.table.permissionSet'),
        isSortable: true,
        cell: entry => (
          <Cell>
            <Flex gap="2" align="center">
              <Text>{entry.permissionSet.name}</Text>
              <AccessLevelChip level={entry.permissionSet.accessLevel} />
            </Flex>
          </Cell>
        ),
      },
      {
        id: 'through',
        label: t('team.table.through'),
        isSortable: true,
        cell: entry => (
          <CellText
            color="secondary"
            title={
              entry.path.via === 'group'
                ? entry.path.groupName
                : t(
                    entry.path.via === 'direct'
                      ? 'myAccess.viaDirect'
                      : 'myAccess.viaMissing',
                  )
            }
          />
        ),
      },
      {
        id: 'people',
        label: t('team.table.people'),
        isSortable: true,
        cell: entry => (
          <Cell>
            <PeopleList people={entry.holders} />
          </Cell>
        ),
      },
      {
        id: 'until',
        label: t('team.table.until'),
        isSortable: true,
        width: 170,
        cell: entry => (
          <Cell>
            <TimeLeft until={entry.until} />
          </Cell>
        ),
      },
    ],
    [t],
  );
  const { tableProps } = useTable({
    mode: 'complete',
    data: props.entries,
    initialSort: { column: 'account', direction: 'ascending' },
    sortFn: sortEntries,
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
