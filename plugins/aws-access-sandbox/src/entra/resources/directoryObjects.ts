import { z } from 'zod';
import { answerCollection } from '../protocol/answerObjects';
import { GraphObject } from '../protocol/compileFilter';
import { GraphRoute } from '../protocol/GraphCall';
import { parseBody } from '../protocol/parseBody';
import { directoryObjects } from './groupMembers';
import { GroupRow, groupType, readGroups, toGroup } from './groups';

/** As documented for `getByIds`. */
const MAXIMUM_IDS = 1000;

const input = z.object({
  ids: z.array(z.string()).max(MAXIMUM_IDS),
  types: z.array(z.string()).optional(),
});

/** Objects of any type by their ids, and the recycle bin of groups. */
export const directoryObjectRoutes: GraphRoute[] = [
  {
    method: 'POST',
    path: '/directoryObjects/getByIds',
    permissions: ['Directory.Read.All', ...readGroups, 'User.Read.All'],
    handle: call => {
      const { ids, types } = parseBody(input, call.body);
      const found = directoryObjects(
        call.context,
        'id IN (SELECT lower(value) FROM json_each(?))',
        JSON.stringify(ids),
      ).filter(
        object =>
          !types ||
          types.some(
            name => object['@odata.type'] === `#microsoft.graph.${name}`,
          ),
      );
      return {
        status: 200,
        body: {
          '@odata.context': `${call.serviceRoot}/$metadata#directoryObjects`,
          value: found.map(({ seq: _seq, ...object }): GraphObject => object),
        },
      };
    },
  },
  {
    method: 'GET',
    path: '/directory/deletedItems/microsoft.graph.group',
    permissions: readGroups,
    handle: call =>
      answerCollection(
        call,
        groupType,
        call.context.store
          .all<GroupRow>(
            'SELECT * FROM entra_groups WHERE deleted_at IS NOT NULL ORDER BY seq',
          )
          .map(toGroup),
      ),
  },
];
