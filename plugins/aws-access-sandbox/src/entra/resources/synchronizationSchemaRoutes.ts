import { z } from 'zod';
import type { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import {
  readJobs,
  recordProvisioning,
  requireJob,
  steerJobs,
} from './synchronizationJobs';
import {
  synchronizationRuleId,
  synchronizationSchema,
} from './synchronizationSchema';

const text = z.string().nullish();

const attributeMapping = z.looseObject({
  defaultValue: text,
  exportMissingReferences: z.boolean().optional(),
  flowBehavior: z.enum(['FlowWhenChanged', 'FlowAlways']).optional(),
  flowType: z
    .enum([
      'Always',
      'ObjectAddOnly',
      'MultiValueAddOnly',
      'ValueAddOnly',
      'AttributeAddOnly',
    ])
    .optional(),
  matchingPriority: z.number().int().optional(),
  source: z
    .looseObject({
      expression: text,
      name: text,
      type: z.enum(['Attribute', 'Constant', 'Function']).optional(),
      parameters: z
        .array(z.looseObject({ key: text, value: z.looseObject({}).nullish() }))
        .optional(),
    })
    .nullish(),
  targetAttributeName: text,
});

const input = z.strictObject({
  '@odata.context': z.string().optional(),
  '@odata.type': z.string().optional(),
  id: z.string().optional(),
  version: text,
  synchronizationRules: z.array(
    z.strictObject({
      id: z.string(),
      name: text,
      editable: z.boolean().optional(),
      priority: z.number().int().optional(),
      sourceDirectoryName: text,
      targetDirectoryName: text,
      metadata: z.array(z.strictObject({ key: text, value: text })).optional(),
      objectMappings: z.array(
        z.strictObject({
          enabled: z.boolean().optional(),
          flowTypes: z.string().optional(),
          metadata: z.array(z.never()).optional(),
          name: text,
          scope: z.null().optional(),
          sourceObjectName: text,
          targetObjectName: text,
          attributeMappings: z.array(attributeMapping).optional(),
        }),
      ),
    }),
  ),
});

function saveSchema(call: GraphCall): GraphAnswer {
  const job = requireJob(call);
  const { synchronizationRules, version } = parseBody(input, call.body);
  if (
    synchronizationRules.length !== 1 ||
    synchronizationRules[0].id !== synchronizationRuleId(job)
  ) {
    throw GraphError.badRequest(
      'The schema has to hold the one rule of the job.',
    );
  }
  call.context.store.run(
    'UPDATE entra_synchronization_jobs SET schema_json = ? WHERE id = ?',
    [
      JSON.stringify({
        id: job.id,
        version: version ?? 'v1.0',
        synchronizationRules,
      }),
      job.id,
    ],
  );
  recordProvisioning(call, 'Update attribute mappings or scope', 'Update');
  return { status: 204 };
}

const path = '/servicePrincipals/{id}/synchronization/jobs/{jobId}/schema';

/** The mapping of a SCIM job. A changed one is kept and shown; the sandbox goes on to map as AWS's template does. */
export const synchronizationSchemaRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path,
    permissions: readJobs,
    handle: call => {
      const job = requireJob(call);
      return {
        status: 200,
        body: {
          '@odata.context': `${call.serviceRoot}/$metadata#${call.path.slice(
            1,
          )}`,
          ...(job.schema_json
            ? JSON.parse(job.schema_json)
            : synchronizationSchema(job)),
        },
      };
    },
  },
  { method: 'PUT', path, permissions: steerJobs, handle: saveSchema },
];
