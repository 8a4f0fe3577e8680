import { GraphError } from '../protocol/GraphError';
import type { GraphColumn, SqlCondition } from './GraphSource';
import type { GraphObject, GraphType } from './GraphType';

/** A `$search`: what it asks of an object, and a condition that leaves out most that it is not about. */
export type CompiledSearch = {
  matches: (object: GraphObject) => boolean;
  condition: SqlCondition | undefined;
};

type Clause = { property: string; words: string[] };

/** The directory searches words of these two; of all other properties only the start. */
const TOKENIZED = ['displayName', 'description'];

/** Words as the directory indexes them: apart by signs, by case and by numbers. */
function words(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/(\d)([A-Za-z])|([A-Za-z])(\d)/g, '$1$3 $2$4')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function readClause(text: string, type: GraphType): Clause {
  const match = /^"([A-Za-z]+):(.+)"$/s.exec(text.trim());
  if (!match) {
    throw GraphError.badRequest(
      `Syntax error: '${text}' is not of the form "property:value".`,
    );
  }
  const [, property, value] = match;
  if (!type.properties.includes(property)) {
    throw GraphError.badRequest(
      `Could not find a property named '${property}' on type '${type.name}'.`,
    );
  }
  return {
    property,
    words: TOKENIZED.includes(property) ? words(value) : [value.toLowerCase()],
  };
}

function matchesClause(
  { property, words: wanted }: Clause,
  object: GraphObject,
) {
  const value = String(object[property] ?? '');
  const found = TOKENIZED.includes(property)
    ? words(value)
    : [value.toLowerCase()];
  return wanted.every(word => found.some(other => other.startsWith(word)));
}

function toCondition(
  { property, words: wanted }: Clause,
  columns: Readonly<Record<string, GraphColumn>>,
): SqlCondition | undefined {
  const column = Object.hasOwn(columns, property)
    ? columns[property]
    : undefined;
  const longest = [...wanted].sort((a, b) => b.length - a.length)[0];
  // LIKE knows no case for ASCII letters only.
  return column?.kind === 'text' && longest && /^[a-z0-9]+$/.test(longest)
    ? { sql: `${column.sql} LIKE ?`, parameters: [`%${longest}%`] }
    : undefined;
}

/**
 * Reads a `$search` such as `"displayName:payments" AND "description:prod"`.
 *
 * @throws GraphError 400 for another form
 */
export function readSearch(
  text: string,
  type: GraphType,
  columns: Readonly<Record<string, GraphColumn>>,
): CompiledSearch {
  const anyOf = text
    .split(/ OR (?=")/)
    .map(part =>
      part.split(/ AND (?=")/).map(clause => readClause(clause, type)),
    );
  const only = anyOf.length === 1 ? anyOf[0] : [];
  const conditions = only
    .map(clause => toCondition(clause, columns))
    .filter(condition => condition !== undefined);
  return {
    matches: object =>
      anyOf.some(allOf => allOf.every(clause => matchesClause(clause, object))),
    condition: conditions.length
      ? {
          sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
          parameters: conditions.flatMap(({ parameters }) => parameters),
        }
      : undefined,
  };
}
