import {
  Alert,
  Button,
  ButtonLink,
  Card,
  CardBody,
  Flex,
  SearchField,
  Select,
  Text,
} from '@backstage/ui';
import {
  AccessEntry,
  AccessLevel,
  PermissionSet,
  PermissionSetUsesResponse,
} from 'backstage-plugin-aws-access-common';
import { useMemo, useState } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { getErrorMessage } from '../../model/describeError';
import {
  filterPermissionSets,
  listPermissionSets,
  PermissionSetFilter,
} from '../../model/permissionSetList';
import { useRoutes } from '../../routes';
import { ACCESS_LEVEL_TONES } from '../common/AccessLevelChip';
import { EmptyState } from '../common/EmptyState';
import { FilterRow } from '../common/FilterRow';
import { PermissionSetsTable } from './PermissionSetsTable';

const ANY = 'any';
const NO_FILTER: PermissionSetFilter = { search: '', level: undefined };
const LEVELS = Object.keys(ACCESS_LEVEL_TONES) as AccessLevel[];

/** Every permission set, to search and to narrow by what it grants. */
export function PermissionSetListView(props: {
  permissionSets: readonly PermissionSet[];
  /** All that AWS has were read. */
  isComplete: boolean;
  /** The reader's own access. */
  mine: readonly AccessEntry[];
  /** Where they are used; undefined while it is counted. */
  uses: PermissionSetUsesResponse | undefined;
  /** Why that is not known; null = it is, or will be. */
  usesError: Error | null;
}) {
  const t = useTexts();
  const routes = useRoutes();
  const { permissionSets, mine, uses, usesError } = props;
  const [filter, setFilter] = useState(NO_FILTER);
  const rows = useMemo(
    () => listPermissionSets(permissionSets, mine, uses?.items ?? []),
    [permissionSets, mine, uses],
  );
  const shown = useMemo(
    () => filterPermissionSets(rows, filter),
    [rows, filter],
  );
  if (permissionSets.length === 0) {
    return (
      <EmptyState
        title={t('permissionSet.emptyTitle')}
        body={
          props.isComplete
            ? t('permissionSet.emptyBody')
            : t('permissionSet.emptyIncomplete')
        }
        action={
          <ButtonLink href={routes.requestForm({ kind: 'permissionSet' })}>
            {t('permissionSet.design')}
          </ButtonLink>
        }
      />
    );
  }
  return (
    <Flex direction="column" gap="4">
      <FilterRow label={t('action.filter')}>
        <SearchField
          label={t('permissionSet.search')}
          placeholder={t('permissionSet.searchHint')}
          value={filter.search}
          onChange={search => setFilter({ ...filter, search })}
        />
        <Select
          selectionMode="single"
          label={t('permissionSet.level')}
          options={[
            { id: ANY, label: t('permissionSet.anyLevel') },
            ...LEVELS.map(level => ({
              id: level,
              label: t(`accessLevel.${level}`),
            })),
          ]}
          value={filter.level ?? ANY}
          onChange={key =>
            setFilter({
              ...filter,
              level: LEVELS.find(level => level === key),
            })
          }
        />
      </FilterRow>
      <Text variant="body-small" color="secondary" role="status">
        {t('permissionSet.shown', { count: shown.length })}
      </Text>
      {uses && !uses.seesEverybody && (
        <Text variant="body-small" color="secondary">
          {t('permissionSet.use.partly')}
        </Text>
      )}
      {usesError && (
        <Alert
          status="warning"
          icon
          title={t('permissionSet.use.failed', {
            message: getErrorMessage(usesError),
          })}
        />
      )}
      <Card>
        <CardBody>
          <PermissionSetsTable
            rows={shown}
            seesEverybody={uses?.seesEverybody ?? false}
            emptyState={
              <Flex direction="column" gap="3" align="center" p="5">
                <Text color="secondary">{t('permissionSet.emptyFilter')}</Text>
                <Button
                  variant="secondary"
                  onPress={() => setFilter(NO_FILTER)}
                >
                  {t('permissionSet.clearFilter')}
                </Button>
              </Flex>
            }
          />
        </CardBody>
      </Card>
    </Flex>
  );
}
