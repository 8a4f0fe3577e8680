import { Select, Switch } from '@backstage/ui';
import { AccessEntry, Environment } from 'backstage-plugin-aws-access-common';
import { useTexts } from '../../hooks/useTexts';
import { AccessFilter, buildAccessMatrix } from '../../model/accessMatrix';
import { groupByPermissionSet } from '../../model/accessRows';
import { FilterRow } from '../common/FilterRow';

const ANY = 'any';

/** Narrows the tab to an environment, a permission set, a person, the temporary. */
export function AccessFilterBar(props: {
  /** Everything there is, which the choices come from. */
  entries: readonly AccessEntry[];
  filter: AccessFilter;
  onChange: (filter: AccessFilter) => void;
}) {
  const t = useTexts();
  const { entries, filter, onChange } = props;
  const { accounts, people } = buildAccessMatrix(entries);
  const environments = [...new Set(accounts.map(item => item.environment))];
  const any = { id: ANY, label: t('team.filter.any') };
  const toValue = (key: unknown) =>
    key === ANY || key === null ? undefined : String(key);
  return (
    <FilterRow label={t('action.filter')}>
      <Select
        selectionMode="single"
        label={t('team.filter.environment')}
        options={[
          any,
          ...environments.map(environment => ({
            id: environment,
            label: t(`environment.${environment}`),
          })),
        ]}
        value={filter.environment ?? ANY}
        onChange={key =>
          onChange({
            ...filter,
            environment: toValue(key) as Environment | undefined,
          })
        }
      />
      <Select
        selectionMode="single"
        label={t('team.filter.permissionSet')}
        options={[
          any,
          ...groupByPermissionSet(entries).map(row => ({
            id: row.id,
            label: row.permissionSet.name,
          })),
        ]}
        value={filter.permissionSetArn ?? ANY}
        onChange={key =>
          onChange({ ...filter, permissionSetArn: toValue(key) })
        }
      />
      <Select
        selectionMode="single"
        label={t('team.filter.person')}
        search
        options={[
          any,
          ...people.map(person => ({
            id: person.key,
            label: person.holder.displayName,
          })),
        ]}
        value={filter.person ?? ANY}
        onChange={key => onChange({ ...filter, person: toValue(key) })}
      />
      <Switch
        label={t('team.filter.temporary')}
        isSelected={filter.temporaryOnly ?? false}
        onChange={temporaryOnly => onChange({ ...filter, temporaryOnly })}
      />
    </FilterRow>
  );
}
