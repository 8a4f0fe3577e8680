import { z } from 'zod';
import type { GraphRoute } from '../protocol/GraphCall';
import { parseBody } from '../protocol/parseBody';
import { answerCollection } from '../query/answerObjects';
import { pickProperties } from '../query/pickProperties';
import { deletedGroupSource, groupType, readGroups } from './groups';
import { directoryObjectType, selectDirectoryObjects } from './memberships';

/** As documented for `getByIds`. */
const MAXIMUM_IDS = 1000;

const input = z.strictObject({
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
      const found = selectDirectoryObjects(
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
          value: found.map(object =>
            pickProperties(object, directoryObjectType, undefined),
          ),
        },
      };
    },
  },
  {
    method: 'GET',
    path: '/directory/deletedItems/microsoft.graph.group',
    permissions: readGroups,
    handle: call =>
      answerCollection(call, groupType, deletedGroupSource(call.context)),
  },
];
