import {
  Account,
  OrganizationalUnitEntry,
} from 'backstage-plugin-aws-access-common';

/** A unit of AWS Organizations, and those below it. */
export interface UnitNode {
  id: string;
  name: string;
  /** Accounts in it and in the units below. */
  accounts: number;
  children: UnitNode[];
}

/** The tree of units that the accounts are in, neighbours by name. */
export function treeOfAccounts(accounts: readonly Account[]): UnitNode[] {
  const roots: UnitNode[] = [];
  const known = new Map<string, UnitNode>();
  for (const account of accounts) {
    let siblings = roots;
    for (const [depth, id] of account.ouIds.entries()) {
      let node = known.get(id);
      if (!node) {
        node = {
          id,
          name: account.ouPath[depth] ?? id,
          accounts: 0,
          children: [],
        };
        known.set(id, node);
        siblings.push(node);
      }
      node.accounts += 1;
      siblings = node.children;
    }
  }
  return byName(roots);
}

/** The tree of units as the server lists them. */
export function treeOfUnits(
  units: readonly OrganizationalUnitEntry[],
): UnitNode[] {
  const nodes = new Map<string, UnitNode>(
    units.map(({ id, name, accountsWithin }) => [
      id,
      { id, name, accounts: accountsWithin, children: [] },
    ]),
  );
  const roots: UnitNode[] = [];
  for (const { id, parentId } of units) {
    const siblings = (parentId && nodes.get(parentId)?.children) || roots;
    siblings.push(nodes.get(id)!);
  }
  return byName(roots);
}

/** The units above one, from the top down; empty where it is not there. */
export function pathToUnit(
  roots: readonly UnitNode[],
  id: string | undefined,
): UnitNode[] {
  for (const node of roots) {
    if (node.id === id) return [node];
    const below = pathToUnit(node.children, id);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

function byName(nodes: UnitNode[]): UnitNode[] {
  for (const node of nodes) byName(node.children);
  return nodes.sort((a, b) =>
    a.name.localeCompare(b.name, undefined, { numeric: true }),
  );
}
