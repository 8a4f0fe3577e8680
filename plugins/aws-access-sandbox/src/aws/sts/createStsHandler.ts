import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { SandboxContext } from '../../server/SandboxContext';
import { AwsError } from '../protocol/AwsError';
import { type AwsCaller, identifyCaller } from '../protocol/callers';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

const AssumeRole = z.object({
  RoleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
});

/**
 * What a client needs of the Security Token Service to come in through a role, as it would in production. STS still
 * speaks the query protocol: a form with an `Action`, answered in XML.
 *
 * There is no IAM in the sandbox, so any role name will do: callers of the management account may assume roles in every
 * account of the organization, others only in their own.
 */
export function createStsHandler(context: SandboxContext): RequestHandler {
  return (request, response, next) => {
    const form = new URLSearchParams(
      typeof request.body === 'string' ? request.body : '',
    );
    const action = form.get('Action');
    if (request.get('x-amz-target') || !action) {
      next();
      return;
    }
    const requestId = randomUUID();
    response.setHeader('x-amzn-RequestId', requestId);
    response.setHeader('Content-Type', 'text/xml');
    try {
      const caller = identifyStsCaller(context, request.get('authorization'));
      const result = answer(context, action, form, caller);
      response.end(
        `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
      );
    } catch (error) {
      if (!(error instanceof AwsError)) {
        next(error);
        return;
      }
      response
        .status(error.status)
        .end(
          `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${
            error.code
          }</Code><Message>${escape(
            error.message,
          )}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
        );
    }
  };
}

/** STS has an older name of its own for a key that nobody has. */
function identifyStsCaller(
  context: SandboxContext,
  authorization: string | undefined,
): AwsCaller {
  try {
    return identifyCaller(context, authorization, 'sts');
  } catch (error) {
    if (
      error instanceof AwsError &&
      error.code === 'UnrecognizedClientException'
    ) {
      throw new AwsError('InvalidClientTokenId', error.message, 403);
    }
    throw error;
  }
}

function answer(
  context: SandboxContext,
  action: string,
  form: URLSearchParams,
  caller: AwsCaller,
): string {
  switch (action) {
    case 'GetCallerIdentity':
      return elements({
        Arn: caller.principalArn,
        UserId: caller.accessKeyId,
        Account: caller.accountId,
      });
    case 'AssumeRole':
      return assumeRole(context, form, caller);
    default:
      throw new AwsError(
        'InvalidAction',
        `Could not find operation ${action} for version 2011-06-15`,
      );
  }
}

function assumeRole(
  context: SandboxContext,
  form: URLSearchParams,
  caller: AwsCaller,
): string {
  const parsed = AssumeRole.safeParse(Object.fromEntries(form));
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
  return `<Credentials>${elements({
    AccessKeyId: accessKeyId,
    SecretAccessKey: randomBytes(30).toString('base64'),
    SessionToken: randomBytes(64).toString('base64'),
    // The client compares this with its own clock, which the sandbox's may be ahead of.
    Expiration: new Date(Date.now() + DurationSeconds * 1000).toISOString(),
  })}</Credentials><AssumedRoleUser>${elements({
    AssumedRoleId: `AROA${accessKeyId.slice(4)}:${RoleSessionName}`,
    Arn: principalArn,
  })}</AssumedRoleUser>`;
}

function elements(members: Record<string, string>): string {
  return Object.entries(members)
    .map(([name, value]) => `<${name}>${escape(value)}</${name}>`)
    .join('');
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
