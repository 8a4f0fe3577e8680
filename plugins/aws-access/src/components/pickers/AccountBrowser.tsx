import { Button, SearchField, Select, Text } from '@backstage/ui';
import {
  Account,
  Environment,
  environmentSchema,
  MAX_NAMED_ACCOUNTS,
} from 'backstage-plugin-aws-access-common';
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useEntityTitles } from '../../hooks/useTeams';
import { useTexts } from '../../hooks/useTexts';
import {
  AccountFilter,
  anyAccount,
  filterAccounts,
} from '../../model/filterAccounts';
import { treeOfAccounts } from '../../model/unitTree';
import { FilterRow } from '../common/FilterRow';
import classes from './AccountBrowser.module.css';
import { AccountList } from './AccountList';
import { OrganizationalUnitTree } from './OrganizationalUnitTree';

const ANY = 'any';

/** Finds accounts by what they are called, are for, belong to and are in. */
export function AccountBrowser(props: {
  accounts: readonly Account[];
  /** Said while more of them are on their way. */
  progress?: string;
  value: readonly string[];
  onChange: (accountIds: string[]) => void;
}) {
  const t = useTexts();
  const { accounts, value } = props;
  const [filter, setFilter] = useState<AccountFilter>(anyAccount);
  const change = (changed: Partial<AccountFilter>) =>
    setFilter(current => ({ ...current, ...changed }));
  const search = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The dialog would begin at its closing button.
    search.current?.querySelector('input')?.focus();
  }, []);
  const settled = useDeferredValue(filter);
  const shown = useMemo(
    () => filterAccounts(accounts, settled),
    [accounts, settled],
  );
  const owners = useMemo(
    () => [...new Set(accounts.flatMap(({ ownerRefs }) => ownerRefs ?? []))],
    [accounts],
  );
  const titles = useEntityTitles(owners);
  const titleOfOwner = useCallback(
    (ref: string) => titles.get(ref) ?? ref,
    [titles],
  );
  const tree = useMemo(
    () => [
      {
        id: ANY,
        name: t('picker.account.allUnits'),
        accounts: accounts.length,
        children: treeOfAccounts(accounts),
      },
    ],
    [accounts, t],
  );
  const choosable = shown.filter(
    ({ id, isProtected }) => !isProtected && !value.includes(id),
  );
  const isNarrowed = Boolean(
    filter.search || filter.unit || filter.environment || filter.owner,
  );
  return (
    <div className={classes.browser}>
      <FilterRow label={t('picker.account.filters')}>
        <SearchField
          className={classes.search}
          ref={search}
          aria-label={t('picker.account.search')}
          placeholder={t('picker.account.search')}
          value={filter.search}
          onChange={text => change({ search: text })}
        />
        <Select
          selectionMode="single"
          label={t('picker.account.environment')}
          options={[
            { id: ANY, label: t('picker.account.anyEnvironment') },
            ...environmentSchema.options.map(environment => ({
              id: environment,
              label: t(`environment.${environment}`),
            })),
          ]}
          value={filter.environment ?? ANY}
          onChange={key =>
            change({
              environment: key === ANY ? undefined : (key as Environment),
            })
          }
        />
        <Select
          selectionMode="single"
          label={t('picker.account.owner')}
          options={[
            { id: ANY, label: t('picker.account.anyOwner') },
            ...owners
              .map(ref => ({ id: ref, label: titleOfOwner(ref) }))
              .sort((a, b) => a.label.localeCompare(b.label)),
          ]}
          value={filter.owner ?? ANY}
          onChange={key =>
            change({ owner: key === ANY ? undefined : String(key) })
          }
        />
      </FilterRow>
      <div className={classes.panes}>
        <div className={classes.tree}>
          <OrganizationalUnitTree
            label={t('picker.organizationalUnit.label')}
            units={tree}
            value={filter.unit ?? ANY}
            onChange={id => change({ unit: id === ANY ? undefined : id })}
          />
        </div>
        <div className={classes.list}>
          <AccountList
            accounts={shown}
            value={value}
            onChange={props.onChange}
            titleOfOwner={titleOfOwner}
          />
        </div>
      </div>
      <div className={classes.foot}>
        <Text variant="body-small" color="secondary" aria-live="polite">
          {[
            t('picker.account.shown', { count: shown.length }),
            t('picker.account.chosenCount', {
              number: String(value.length),
            }),
            props.progress,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {isNarrowed &&
          choosable.length > 0 &&
          value.length + choosable.length <= MAX_NAMED_ACCOUNTS && (
            <Button
              size="small"
              variant="secondary"
              onPress={() =>
                props.onChange([...value, ...choosable.map(({ id }) => id)])
              }
            >
              {t('picker.account.chooseShown', { count: choosable.length })}
            </Button>
          )}
      </div>
    </div>
  );
}
