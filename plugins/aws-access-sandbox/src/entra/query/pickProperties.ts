import { GraphError } from '../protocol/GraphError';
import type { GraphObject, GraphType } from './GraphType';

const knows = (type: GraphType, property: string) =>
  type.properties.includes(property) ||
  Object.values(type.kinds ?? {}).some(kind =>
    kind.properties.includes(property),
  );

/**
 * Reads a `$select`.
 *
 * @returns undefined where it is absent, for the default properties
 * @throws GraphError 400 for a property that the type does not have
 */
export function readSelect(
  text: string | null | undefined,
  type: GraphType,
): readonly string[] | undefined {
  if (!text || text.trim() === '*') {
    return undefined;
  }
  return text.split(',').map(part => {
    const property = part.trim();
    if (!knows(type, property)) {
      throw GraphError.badRequest(
        `Could not find a property named '${property}' on type '${type.name}'.`,
      );
    }
    return property;
  });
}

/** The object with the properties that were asked for, or those of its type. */
export function pickProperties(
  object: GraphObject,
  type: GraphType,
  selected: readonly string[] | undefined,
): GraphObject {
  const picked: GraphObject = {};
  const name = object['@odata.type'];
  const own =
    typeof name === 'string' && type.kinds?.[name] ? type.kinds[name] : type;
  if (typeof name === 'string') {
    picked['@odata.type'] = name;
  }
  for (const property of selected ?? own.defaults ?? own.properties) {
    if (own.properties.includes(property)) {
      picked[property] =
        object[property] ?? (own.collections?.includes(property) ? [] : null);
    }
  }
  return picked;
}
