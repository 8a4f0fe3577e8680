import { Cell, ColumnConfig, Flex, Table, Text, useTable } from '@backstage/ui';
import { AccessEntry } from 'backstage-plugin-aws-access-common';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { describeShortPath } from '../common/describeShortPath';
import { sortEntries } from '../../model/accessRows';
import { AccountName } from '../common/AccountName';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { PermissionSetName } from '../common/PermissionSetName';
import { TimeLeft } from '../common/TimeLeft';
import { VerdictChip } from '../common/VerdictChip';
import { PeopleList } from './PeopleList';

/** Every way into every account, one row each. */
export function ByAccountTable(props: {
  entries: AccessEntry[];
  /** They are all of one permission set, which need not be named again. */
  isOnePermissionSet?: boolean;
}) {
  const t = useTexts();
  const { isOnePermissionSet } = props;
  const columns = useMemo<ColumnConfig<AccessEntry>[]>(() => {
    const all: ColumnConfig<AccessEntry>[] = [
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
        width: 150,
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
            <PermissionSetName
              permissionSet={entry.permissionSet}
              organizationId={entry.organizationId}
            />
          </Cell>
        ),
      },
      {
        id: 'through',
        label: t('team.table.through'),
        isSortable: true,
        cell: entry => (
          <Cell>
            <Flex direction="column" gap="1" align="start">
              <Text variant="body-small" color="secondary">
                {describeShortPath(entry.path, t)}
              </Text>
              <VerdictChip verdict={entry.verdict} />
            </Flex>
          </Cell>
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
    ];
    return all.filter(
      ({ id }) => !(isOnePermissionSet && id === 'permissionSet'),
    );
  }, [t, isOnePermissionSet]);
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
