import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { sessionTokenOf } from '../protocol/callers';
import type { XmlValue } from '../protocol/xml';
import type { QueryCall, QueryService } from '../query/QueryService';

const AssumeRole = z.object({
  RoleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
});

/**
 * What a client needs of the Security Token Service to come in through a role, as it would in production.
 *
 * There is no IAM in the sandbox, so any role name will do: callers of the management account may assume roles in every
 * account of the organization, others only in their own.
 */
export function createStsService(): QueryService {
  return {
    name: 'sts',
    version: '2011-06-15',
    actions: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole },
  };
}

function getCallerIdentity({ caller }: QueryCall) {
  return {
    Arn: caller.principalArn,
    UserId: caller.accessKeyId,
    Account: caller.accountId,
  };
}

function assumeRole({ context, caller, parameters }: QueryCall): {
  [name: string]: XmlValue;
} {
  const parsed = AssumeRole.safeParse(parameters);
  if (!parsed.success) {
    throw new AwsError(
      'ValidationError',
      parsed.error.issues
        .map(issue => `${issue.path.join('.')}: ${issue.message}`)
        .join('; '),
    );
  }
  const { RoleArn, RoleSessionName, DurationSeconds } = parsed.data;
  const accountId = RoleArn.split(':')[4];
  const mayAssume =
    caller.kind === 'management' || caller.accountId === accountId;
  const exists = context.store.get('SELECT 1 FROM aws_accounts WHERE id = ?', [
    accountId,
  ]);
  if (!mayAssume || !exists) {
    throw new AwsError(
      'AccessDenied',
      `User: ${caller.principalArn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      403,
    );
  }
  const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
  const principalArn = `${RoleArn.replace(':iam:', ':sts:').replace(
    /:role\/(?:.*\/)?/,
    ':assumed-role/',
  )}/${RoleSessionName}`;
  context.store.insert('aws_access_keys', {
    access_key_id: accessKeyId,
    account_id: accountId,
    principal_arn: principalArn,
    expires_at: context.clock.now() + DurationSeconds * 1000,
  });
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: randomBytes(30).toString('base64'),
      SessionToken: sessionTokenOf(accessKeyId),
      // The client compares this with its own clock, which the sandbox's may be ahead of.
      Expiration: new Date(Date.now() + DurationSeconds * 1000).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `AROA${accessKeyId.slice(4)}:${RoleSessionName}`,
      Arn: principalArn,
    },
  };
}
