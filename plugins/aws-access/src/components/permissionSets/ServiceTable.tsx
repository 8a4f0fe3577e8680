import {
  CellText,
  ColumnConfig,
  Flex,
  SearchField,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import { useMemo, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';

/** What is said of one AWS service. */
interface OfService {
  service: string;
  name: string;
}

/** A row, under the service as its id. */
export type ServiceRow<T extends OfService> = T & { id: string };

/** A line a service, found by its name, page by page. */
export function ServiceTable<T extends OfService>(props: {
  services: readonly T[];
  /** What stands beside the service. */
  columns: ColumnConfig<ServiceRow<T>>[];
}) {
  const t = useTexts();
  const { services, columns } = props;
  const [search, setSearch] = useState('');
  const rows = useMemo(() => {
    const word = search.trim().toLowerCase();
    return services
      .filter(({ service, name }) =>
        `${service} ${name}`.toLowerCase().includes(word),
      )
      .map(one => ({ ...one, id: one.service }));
  }, [services, search]);
  const columnConfig = useMemo<ColumnConfig<ServiceRow<T>>[]>(
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
      ...columns,
    ],
    [t, columns],
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
        columnConfig={columnConfig}
        emptyState={
          <Text color="secondary">{t('permissionSet.noService')}</Text>
        }
      />
    </Flex>
  );
}
