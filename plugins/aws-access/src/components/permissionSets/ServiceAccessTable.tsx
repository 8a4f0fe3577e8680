import { Cell, ColumnConfig } from '@backstage/ui';
import { ServiceAccess } from 'backstage-plugin-aws-access-common';
import { useMemo } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { describeActions, describeLimits } from './describeService';
import classes from './permissionSets.module.css';
import { ServiceRow, ServiceTable } from './ServiceTable';

/** What a permission set allows, service by service. */
export function ServiceAccessTable(props: {
  services: readonly ServiceAccess[];
}) {
  const t = useTexts();
  const columns = useMemo<ColumnConfig<ServiceRow<ServiceAccess>>[]>(
    () => [
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
  return <ServiceTable services={props.services} columns={columns} />;
}
