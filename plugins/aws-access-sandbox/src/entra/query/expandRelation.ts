import type { GraphCall } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import type { GraphObject, GraphType } from './GraphType';
import { pickProperties, readSelect } from './pickProperties';

/** What may be expanded: the related objects of one object, in order, and their type. */
export type GraphRelations = Readonly<
  Record<
    string,
    {
      type: GraphType;
      related: (call: GraphCall, id: string, limit: number) => GraphObject[];
    }
  >
>;

/** Graph expands that many objects of a relation and gives no link to the rest. */
const MAXIMUM_EXPANDED = 20;

/**
 * Reads `$expand`: one relation, with a `$select` of its own.
 *
 * @returns what to add to an object, nothing where no `$expand` was asked for
 * @throws GraphError 400 for more than one relation or one that does not exist
 */
export function readExpand(
  call: GraphCall,
  type: GraphType,
  relations: GraphRelations = {},
): (object: GraphObject) => GraphObject {
  const text = call.query.get('$expand');
  if (text === null) {
    return () => ({});
  }
  const match = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(text);
  if (!match) {
    throw new GraphError(
      400,
      'Request_UnsupportedQuery',
      'Only one relation can be expanded in a request.',
    );
  }
  const [, name, options = ''] = match;
  const relation = Object.hasOwn(relations, name) ? relations[name] : undefined;
  if (!relation) {
    throw new GraphError(
      400,
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${type.name}'.`,
    );
  }
  const select = /^\s*\$select=([\w.,\s]+)$/.exec(options);
  if (options && !select) {
    throw new GraphError(
      400,
      'Request_UnsupportedQuery',
      `Query option '${
        options.split('=')[0]
      }' is not supported inside $expand.`,
    );
  }
  const selected = readSelect(select?.[1], relation.type);
  return object => ({
    [name]: relation
      .related(call, String(object.id), MAXIMUM_EXPANDED)
      .map(related => pickProperties(related, relation.type, selected)),
  });
}
