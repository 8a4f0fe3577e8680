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
import { useMemo, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { ServiceDifference } from '../../model/compareServices';
import { describeActions, describeLimits } from './describeService';
import classes from './permissionSets.module.css';

type Row = ServiceDifference & { id: string };

/** Services in which two permission sets differ, page by page. */
export function ServiceComparisonTable(props: {
  services: readonly ServiceDifference[];
  /** Names of the two. */
  names: { from: string; to: string };
}) {
  const t = useTexts();
  const { services, names } = props;
  const { from, to } = names;
  const [search, setSearch] = useState('');
  const rows = useMemo(() => {
    const word = search.trim().toLowerCase();
    return services
      .filter(({ service, name }) =>
        `${service} ${name}`.toLowerCase().includes(word),
      )
      .map(difference => ({ ...difference, id: difference.service }));
  }, [services, search]);
  const columns = useMemo<ColumnConfig<Row>[]>(() => {
    const column = (
      id: 'before' | 'after',
      label: string,
    ): ColumnConfig<Row> => ({
      id,
      label,
      minWidth: 180,
      cell: row => (
        <Cell>
          <span className={classes.stack}>
            {[describeActions(row[id], t), describeLimits(row[id], t)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </Cell>
      ),
    });
    return [
      {
        id: 'service',
        label: t('permissionSet.service.name'),
        isRowHeader: true,
        minWidth: 160,
        cell: ({ name, service }) => (
          <CellText title={name} description={service} />
        ),
      },
      column('before', from),
      column('after', to),
    ];
  }, [t, from, to]);
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
