import { randomUUID } from 'crypto';
import { z } from 'zod';
import {
  OnDemandResult,
  provisionOnDemand,
} from '../../scim/provisionOnDemand';
import type { ScimOutcome } from '../../scim/ScimJob';
import { GraphAnswer, GraphCall, GraphRoute } from '../protocol/GraphCall';
import { GraphError } from '../protocol/GraphError';
import { parseBody } from '../protocol/parseBody';
import { requireJob, steerJobs } from './synchronizationJobs';
import { synchronizationRuleId } from './synchronizationSchema';

/** As documented, besides five requests in ten seconds. */
const MAXIMUM_MEMBERS = 5;

const subject = z.strictObject({
  objectId: z.string(),
  objectTypeName: z.enum(['User', 'Group', 'user', 'group']),
});

const input = z.strictObject({
  parameters: z
    .array(
      z.strictObject({
        ruleId: z.string(),
        subjects: z
          .array(
            subject.extend({
              links: z
                .strictObject({
                  members: z
                    .array(subject)
                    .max(
                      MAXIMUM_MEMBERS,
                      `at most ${MAXIMUM_MEMBERS} members can be provisioned on demand`,
                    ),
                })
                .nullish(),
            }),
          )
          .length(1, 'exactly one subject can be provisioned on demand'),
      }),
    )
    .length(1, 'exactly one rule can be applied on demand'),
});

const results: Record<ScimOutcome['status'], string> = {
  created: 'Success',
  updated: 'Success',
  unchanged: 'Skipped',
  skipped: 'Skipped',
  failed: 'Failure',
};

function describe(
  call: GraphCall,
  asked: z.infer<typeof subject>,
  result: OnDemandResult,
): { key: string; value: string } {
  const time = new Date(call.context.clock.now()).toISOString();
  const status = results[result.status];
  const type =
    asked.objectTypeName.toLowerCase() === 'group' ? 'Group' : 'User';
  const details =
    result.status === 'unchanged'
      ? {
          errorCode: 'RedundantExport',
          errorMessage: `The state of the ${type.toLowerCase()} in both the source and target systems already match.`,
        }
      : result.errorCode && {
          errorCode: result.errorCode,
          errorMessage: result.reason,
        };
  return {
    key: JSON.stringify({ result: status, details: details || {} }),
    value: JSON.stringify({
      action: result.status === 'created' ? 'Create' : 'Update',
      changeId: randomUUID(),
      startTime: time,
      endTime: time,
      reportableIdentifier: result.displayName ?? asked.objectId,
      modifiedProperties: result.members
        .filter(({ joined }) => joined)
        .map(({ id }) => ({
          displayName: 'members',
          oldValue: null,
          newValue: id,
        })),
      provisioningSteps: [
        {
          name: 'EntryExport',
          type: 'Export',
          status,
          description:
            result.reason ?? `${type} '${result.displayName}' was evaluated`,
          timestamp: time,
          details: {},
        },
        ...result.members.map(({ id, outcome, joined }) => ({
          name: 'EntryExportMember',
          type: 'Export',
          status: joined ? 'Success' : results[outcome.status],
          description:
            outcome.reason ?? `User '${id}' is a member of the group`,
          timestamp: time,
          details: { objectId: id, errorCode: outcome.errorCode ?? null },
        })),
      ],
      statusInfo: {
        status,
        errorCode: result.errorCode ?? null,
        reason: result.reason ?? null,
      },
      sourceIdentity: { id: asked.objectId, type },
      sourceSystem: { name: 'Azure Active Directory' },
      targetIdentity: { id: result.targetId ?? null, type },
      targetSystem: { name: 'AWS IAM Identity Center' },
    }),
  };
}

function handle(call: GraphCall): GraphAnswer {
  const job = requireJob(call);
  const [{ ruleId, subjects }] = parseBody(input, call.body).parameters;
  if (ruleId !== synchronizationRuleId(job)) {
    throw new GraphError(
      400,
      'BadRequest',
      `The synchronization rule '${ruleId}' does not exist in the schema of the job.`,
    );
  }
  const [asked] = subjects;
  const result = provisionOnDemand(call.context, job, {
    objectId: asked.objectId.toLowerCase(),
    objectTypeName:
      asked.objectTypeName.toLowerCase() === 'group' ? 'Group' : 'User',
    memberIds: (asked.links?.members ?? []).map(({ objectId }) =>
      objectId.toLowerCase(),
    ),
  });
  return {
    status: 200,
    body: {
      '@odata.context': `${call.serviceRoot}/$metadata#microsoft.graph.stringKeyStringValuePair`,
      ...describe(call, asked, result),
    },
  };
}

/** Provisioning without waiting for the cycle. */
export const provisionOnDemandRoutes: GraphRoute[] = [
  {
    method: 'POST',
    path: '/servicePrincipals/{id}/synchronization/jobs/{jobId}/provisionOnDemand',
    permissions: steerJobs,
    handle,
  },
];
