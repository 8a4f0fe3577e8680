import { Cell, ColumnConfig } from '@backstage/ui';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { ServiceDifference } from '../../model/compareServices';
import { describeActions, describeLimits } from './describeService';
import classes from './permissionSets.module.css';
import { ServiceRow, ServiceTable } from './ServiceTable';

/** Services in which two permission sets differ. */
export function ServiceComparisonTable(props: {
  services: readonly ServiceDifference[];
  /** Names of the two. */
  names: { from: string; to: string };
}) {
  const t = useTexts();
  const { from, to } = props.names;
  const columns = useMemo(() => {
    const column = (
      id: 'before' | 'after',
      label: string,
    ): ColumnConfig<ServiceRow<ServiceDifference>> => ({
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
    return [column('before', from), column('after', to)];
  }, [t, from, to]);
  return <ServiceTable services={props.services} columns={columns} />;
}
