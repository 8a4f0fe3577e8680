import {
  Cell,
  CellText,
  ColumnConfig,
  Flex,
  SearchField,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import { ServiceAccess } from 'backstage-plugin-aws-access-common';
import { useMemo, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { describeActions, describeLimits } from './describeService';
import classes from './permissionSets.module.css';

/** What a permission set allows, service by service. */
export function ServiceAccessTable(props: {
  services: readonly ServiceAccess[];
}) {
  const t = useTexts();
  const { services } = props;
  const [search, setSearch] = useState('');
  const rows = useMemo(() => {
    const word = search.trim().toLowerCase();
    return services
      .filter(({ service, name }) =>
        `${service} ${name}`.toLowerCase().includes(word),
      )
      .map(access => ({ ...access, id: access.service }));
  }, [services, search]);
  const columns = useMemo<ColumnConfig<ServiceAccess & { id: string }>[]>(
    () => [
      {
        id: 'service',
        label: t('permissionSet.service.name'),
        isRowHeader: true,
        minWidth: 160,
        cell: ({ name, service }) => (
          <CellText title={name} description={service} />
        ),
      },
      {
        id: 'actions',
        label: t('permissionSet.service.actions'),
        minWidth: 200,
        cell: access => (
          <Cell>
            <span className={classes.stack}>{describeActions(access, t)}</span>
          </Cell>
        ),
      },
      {
        id: 'limits',
        label: t('permissionSet.service.limits'),
        minWidth: 140,
        cell: access => (
          <Cell>
            <span className={classes.stack}>
              {describeLimits(access, t) || '–'}
            </span>
          </Cell>
        ),
      },
    ],
    [t],
  );
  const { tableProps } = useTable({
    mode: 'complete',
    data: rows,
    paginationOptions: { pageSize: 20 },
  });
  return (
    <Flex direction="column" gap="3">
      <SearchField
        aria-label={t('permissionSet.serviceSearch')}
        placeholder={t('permissionSet.serviceSearch')}
        value={search}
        onChange={setSearch}
      />
      <Table
        {...tableProps}
        columnConfig={columns}
        emptyState={
          <Text color="secondary">{t('permissionSet.noService')}</Text>
        }
      />
    </Flex>
  );
}
