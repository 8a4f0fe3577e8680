import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import type { QueryCall, QueryService } from '../query/QueryService';
import { type ManagedPolicy, managedPolicies } from './managedPolicies';

/** When AWS made its first managed policies; the sandbox's have all this date. */
const CREATED = '2015-02-06T18:40:58Z';

const ListPolicies = z.object({
  Scope: z.enum(['All', 'AWS', 'Local']).default('All'),
  OnlyAttached: z.enum(['true', 'false']).optional(),
  PathPrefix: z.string().max(512).startsWith('/').default('/'),
  MaxItems: z.coerce.number().int().min(1).max(1000).default(100),
  Marker: z.string().min(1).max(2048).optional(),
});

const PolicyArn = z.string().min(20).max(2048);

/**
 * As much of IAM as pages about permission sets need: to list the AWS managed policies and to read what they say.
 * Accounts of the sandbox have no policies of their own here.
 */
export function createIamService(): QueryService {
  return {
    name: 'iam',
    version: '2010-05-08',
    actions: {
      ListPolicies: listPolicies,
      GetPolicy: call => ({ Policy: describe(requirePolicy(call), true) }),
      GetPolicyVersion: getPolicyVersion,
    },
  };
}

function listPolicies({ parameters }: QueryCall) {
  const input = check(ListPolicies, parameters);
  const start = input.Marker === undefined ? 0 : Number(input.Marker);
  if (!Number.isSafeInteger(start) || start < 0) {
    throw new AwsError('ValidationError', 'Invalid Marker.');
  }
  const isLocal = input.Scope === 'Local' || input.OnlyAttached === 'true';
  const found = isLocal
    ? []
    : managedPolicies.filter(({ path }) => path.startsWith(input.PathPrefix));
  const end = start + input.MaxItems;
  const isTruncated = end < found.length;
  return {
    IsTruncated: isTruncated,
    Marker: isTruncated ? String(end) : undefined,
    Policies: found.slice(start, end).map(policy => describe(policy, false)),
  };
}

function getPolicyVersion(call: QueryCall) {
  const policy = requirePolicy(call);
  const { VersionId } = check(
    z.object({ VersionId: z.string().regex(/^v[1-9]\d*(\.[A-Za-z0-9-]*)?$/) }),
    call.parameters,
  );
  if (VersionId !== policy.versionId) {
    throw noSuchEntity(
      `Policy ${policy.arn} version ${VersionId} does not exist or is not attachable.`,
    );
  }
  return {
    PolicyVersion: {
      // IAM gives policies percent-encoded, as RFC 3986 has it.
      Document: encodeURIComponent(JSON.stringify(policy.document)),
      VersionId,
      IsDefaultVersion: true,
      CreateDate: CREATED,
    },
  };
}

function requirePolicy({ parameters }: QueryCall): ManagedPolicy {
  const { PolicyArn: arn } = check(z.object({ PolicyArn }), parameters);
  const policy = managedPolicies.find(candidate => candidate.arn === arn);
  if (!policy) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  return policy;
}

/** Only `GetPolicy` tells the description. */
function describe(policy: ManagedPolicy, withDescription: boolean) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.versionId,
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: withDescription ? policy.description : undefined,
    CreateDate: CREATED,
    UpdateDate: CREATED,
  };
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  parameters: Record<string, string>,
): z.output<Schema> {
  const parsed = schema.safeParse(parameters);
  if (!parsed.success) {
    throw new AwsError(
      'ValidationError',
      parsed.error.issues
        .map(issue => `${issue.path.join('.')}: ${issue.message}`)
        .join('; '),
    );
  }
  return parsed.data;
}

function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}
