import type { SqlValue } from '../../store/SandboxStore';
import type { GraphColumn, SqlCondition } from './GraphSource';
import type { FilterNode, Literal } from './parseFilter';

type Columns = Readonly<Record<string, GraphColumn>>;

/** Sorts after every other text that starts the same. */
const LAST_CHARACTER = '\u{10FFFF}';

const OPERATORS = { ge: '>=', le: '<=', gt: '>', lt: '<' } as const;

function parameter(
  { kind }: GraphColumn,
  literal: Literal,
): SqlValue | undefined {
  switch (kind) {
    case 'boolean':
      return literal.kind === 'boolean'
        ? Number(literal.text === 'true')
        : undefined;
    case 'time': {
      const time = Date.parse(literal.text);
      return Number.isNaN(time) ? undefined : time;
    }
    case 'id':
      return literal.text.toLowerCase();
    default:
      return literal.kind === 'boolean' ? undefined : literal.text;
  }
}

const collation = ({ kind }: GraphColumn) =>
  kind === 'text' ? ' COLLATE NOCASE' : '';

function equal(
  column: GraphColumn,
  literal: Literal,
): SqlCondition | undefined {
  if (literal.kind === 'null') {
    return { sql: `${column.sql} IS NULL`, parameters: [] };
  }
  const value = parameter(column, literal);
  if (value === undefined) {
    return undefined;
  }
  // Times are answered to the second and stored to the millisecond.
  return column.kind === 'time'
    ? {
        sql: `${column.sql} >= ? AND ${column.sql} < ?`,
        parameters: [value, Number(value) + 1000],
      }
    : { sql: `${column.sql} = ?${collation(column)}`, parameters: [value] };
}

function ordered(
  column: GraphColumn,
  operator: keyof typeof OPERATORS,
  literal: Literal,
): SqlCondition | undefined {
  const value = parameter(column, literal);
  if (value === undefined || literal.kind === 'null') {
    return undefined;
  }
  if (column.kind === 'time') {
    const inclusive = operator === 'le' || operator === 'gt';
    return {
      sql: `${column.sql} ${OPERATORS[operator]} ?`,
      parameters: [Number(value) + (inclusive ? 999 : 0)],
    };
  }
  return {
    sql: `${column.sql} ${OPERATORS[operator]} ?${collation(column)}`,
    parameters: [value],
  };
}

const join = (
  word: 'AND' | 'OR',
  parts: (SqlCondition | undefined)[],
): SqlCondition | undefined =>
  parts.every(part => part !== undefined)
    ? {
        sql: parts.map(part => `(${part.sql})`).join(` ${word} `),
        parameters: parts.flatMap(part => part.parameters),
      }
    : undefined;

const negate = (inner: SqlCondition | undefined): SqlCondition | undefined =>
  inner && {
    // Null is neither true nor false in SQL; in a filter it is just not equal.
    sql: `NOT coalesce(${inner.sql}, 0)`,
    parameters: inner.parameters,
  };

/**
 * The filter in SQL, so that the store's indexes answer it, or undefined where
 * it asks for something that only the answered object shows.
 */
export function filterToSql(
  node: FilterNode,
  columns: Columns,
): SqlCondition | undefined {
  if (node.kind === 'and' || node.kind === 'or') {
    return join(node.kind === 'and' ? 'AND' : 'OR', [
      filterToSql(node.left, columns),
      filterToSql(node.right, columns),
    ]);
  }
  if (node.kind === 'not') {
    return negate(filterToSql(node.inner, columns));
  }
  const column = columns[node.path.join('/')];
  if (!column || node.kind === 'any') {
    return undefined;
  }
  switch (node.kind) {
    case 'in':
      return join(
        'OR',
        node.values.map(value => equal(column, value)),
      );
    case 'endswith':
      return column.kind === 'text' && node.text
        ? {
            sql: `substr(${column.sql}, ?) = ? COLLATE NOCASE`,
            parameters: [-[...node.text].length, node.text],
          }
        : undefined;
    case 'startswith':
      return column.kind === 'text' && node.text
        ? {
            sql: `${column.sql} >= ? COLLATE NOCASE AND ${column.sql} < ? COLLATE NOCASE`,
            parameters: [node.text, node.text + LAST_CHARACTER],
          }
        : undefined;
    default:
      if (node.operator === 'eq') {
        return equal(column, node.value);
      }
      return node.operator === 'ne'
        ? negate(equal(column, node.value))
        : ordered(column, node.operator, node.value);
  }
}
