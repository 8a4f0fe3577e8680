import { Cell, ColumnConfig, Table, Text } from '@backstage/ui';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { AccessPortal } from '../../model/cliProfile';
import { isEndingSoon, MyEntry } from '../../model/groupMyAccess';
import { AccountName } from '../common/AccountName';
import { Chip } from '../common/Chip';
import { describeShortPath } from '../common/describeShortPath';
import { EnvironmentChip } from '../common/EnvironmentChip';
import { PermissionSetName } from '../common/PermissionSetName';
import { TimeLeft } from '../common/TimeLeft';
import { EntryActions } from './EntryActions';
import classes from './UsableTable.module.css';

type Row = MyEntry & { id: string };

/** Everything a person can use now, with the ways in and out. */
export function UsableTable(props: {
  entries: readonly MyEntry[];
  now: number;
  portals: ReadonlyMap<string, AccessPortal>;
  onGiveBack: (entry: MyEntry) => void;
  onExtend: (entry: MyEntry) => void;
}) {
  const t = useTexts();
  const { now, portals, onGiveBack, onExtend } = props;
  const columns = useMemo<ColumnConfig<Row>[]>(
    () => [
      {
        id: 'account',
        label: t('myAccess.column.account'),
        isRowHeader: true,
        minWidth: 150,
        cell: ({ entry }) => (
          <Cell>
            <span className={classes.stack}>
              <AccountName account={entry.account} />
              <EnvironmentChip environment={entry.account.environment} />
            </span>
          </Cell>
        ),
      },
      {
        id: 'permissionSet',
        label: t('myAccess.column.permissionSet'),
        minWidth: 180,
        cell: ({ entry }) => (
          <Cell>
            <span className={classes.stack}>
              <PermissionSetName
                permissionSet={entry.permissionSet}
                organizationId={entry.organizationId}
              />
              <Text variant="body-small" color="secondary">
                {describeShortPath(entry.path, t)}
              </Text>
            </span>
          </Cell>
        ),
      },
      {
        id: 'until',
        label: t('myAccess.column.until'),
        width: 165,
        cell: ({ entry, request, reach }) => (
          <Cell>
            {reach === 'leaving' ? (
              <Chip tone="warning">{t('myAccess.leaving')}</Chip>
            ) : (
              <TimeLeft
                until={entry.until}
                isEndingSoon={isEndingSoon(entry, request, now)}
              />
            )}
          </Cell>
        ),
      },
      {
        id: 'actions',
        label: t('myAccess.column.actions'),
        minWidth: 250,
        cell: row => (
          <Cell>
            <EntryActions
              myEntry={row}
              portal={portals.get(row.entry.organizationId)}
              onGiveBack={() => onGiveBack(row)}
              onExtend={() => onExtend(row)}
            />
          </Cell>
        ),
      },
    ],
    [t, now, portals, onGiveBack, onExtend],
  );
  return (
    <Table
      columnConfig={columns}
      data={props.entries.map(entry => ({ ...entry, id: entry.entry.id }))}
      pagination={{ type: 'none' }}
    />
  );
}
