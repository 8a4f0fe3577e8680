import { RegisterCollatorParameters } from '@backstage/plugin-search-backend-node';
import {
  AWS_ACCESS_SEARCH_TYPES,
  awsAccessRequestReadPermission,
} from 'backstage-plugin-aws-access-common';
import { Readable } from 'node:stream';

/**
 * Makes requests known to search as a type, with the permission to read them. It
 * collates nothing and never runs: no index holds a request.
 */
export const requestCollator: RegisterCollatorParameters = {
  schedule: { run: async () => {} },
  factory: {
    type: AWS_ACCESS_SEARCH_TYPES.request,
    visibilityPermission: awsAccessRequestReadPermission,
    getCollator: async () => Readable.from([]),
  },
};
