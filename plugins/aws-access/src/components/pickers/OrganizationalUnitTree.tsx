import { RiArrowRightSLine } from '@remixicon/react';
import { useMemo, useState } from 'react';
import {
  Button,
  Collection,
  Key,
  Tree,
  TreeItem,
  TreeItemContent,
} from 'react-aria-components';
import { useTexts } from '../../hooks/useTexts';
import { pathToUnit, UnitNode } from '../../model/unitTree';
import classes from './OrganizationalUnitTree.module.css';

/** More than these, and the tree begins with its top alone. */
const OPEN_AT_FIRST = 40;

/**
 * The units of AWS Organizations as a tree, one of them chosen: arrow keys walk
 * and open it, letters jump.
 */
export function OrganizationalUnitTree(props: {
  units: readonly UnitNode[];
  /** Id of the chosen unit. */
  value: string | undefined;
  onChange: (id: string) => void;
  label?: string;
  labelledBy?: string;
  isDisabled?: boolean;
}) {
  const { units, value } = props;
  const [opened, setOpened] = useState<Set<Key>>();
  const atFirst = useMemo(() => {
    const all = listWithChildren(units);
    return new Set<Key>([
      ...(all.length > OPEN_AT_FIRST ? units.map(({ id }) => id) : all),
      ...pathToUnit(units, value).map(({ id }) => id),
    ]);
  }, [units, value]);
  return (
    <Tree
      className={classes.tree}
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      items={units}
      selectionMode={props.isDisabled ? 'none' : 'single'}
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={value === undefined ? [] : [value]}
      onSelectionChange={keys => {
        const [id] = [...keys];
        if (id !== undefined && id !== value) props.onChange(String(id));
      }}
      expandedKeys={opened ?? atFirst}
      onExpandedChange={keys => setOpened(new Set(keys))}
    >
      {unit => <UnitItem unit={unit} />}
    </Tree>
  );
}

function UnitItem({ unit }: { unit: UnitNode }) {
  const t = useTexts();
  const count = t('picker.organizationalUnit.accounts', {
    count: unit.accounts,
  });
  return (
    <TreeItem
      id={unit.id}
      className={classes.item}
      textValue={`${unit.name}, ${count}`}
    >
      <TreeItemContent>
        {({ hasChildItems }) => (
          <>
            {hasChildItems ? (
              <Button slot="chevron" className={classes.chevron}>
                <RiArrowRightSLine aria-hidden="true" size={16} />
              </Button>
            ) : (
              <span className={classes.leaf} />
            )}
            <span className={classes.name}>{unit.name}</span>
            <span className={classes.count}>{unit.accounts}</span>
          </>
        )}
      </TreeItemContent>
      <Collection items={unit.children}>
        {child => <UnitItem unit={child} />}
      </Collection>
    </TreeItem>
  );
}

function listWithChildren(units: readonly UnitNode[]): string[] {
  return units.flatMap(({ id, children }) =>
    children.length > 0 ? [id, ...listWithChildren(children)] : [],
  );
}
