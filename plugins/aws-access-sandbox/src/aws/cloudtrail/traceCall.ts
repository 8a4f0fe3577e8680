import type { AwsError } from '../protocol/AwsError';
import type { AwsCall } from '../protocol/AwsService';
import { writeTrailEvent } from './TrailEvent';

/** What CloudTrail writes instead of the data of people. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

const PERSONAL = new Set([
  'UserName',
  'Name',
  'DisplayName',
  'Emails',
  'PhoneNumbers',
  'Title',
  'Addresses',
  'Operations',
]);

/** Writes a call that changed something, or was refused, into the trail of the caller's account. */
export function traceCall(
  call: AwsCall,
  outcome: {
    eventSource?: string;
    userAgent?: string;
    input: unknown;
    output?: object;
    error?: AwsError;
  },
): void {
  const { caller, context, now, operation, requestId } = call;
  const { eventSource, userAgent, input, output, error } = outcome;
  if (!eventSource) {
    return;
  }
  const isRole = caller.principalArn.includes(':assumed-role/');
  const userName = caller.principalArn.split('/').pop();
  writeTrailEvent(context, {
    accountId: caller.accountId,
    name: operation,
    source: eventSource,
    at: now,
    userName,
    accessKeyId: caller.accessKeyId,
    region: caller.region,
    userIdentity: {
      type: isRole ? 'AssumedRole' : 'IAMUser',
      arn: caller.principalArn,
      accountId: caller.accountId,
      accessKeyId: caller.accessKeyId,
      ...(isRole ? {} : { userName }),
    },
    members: {
      userAgent,
      requestParameters: inTrail(input, eventSource),
      responseElements: output ? inTrail(output, eventSource) : null,
      requestID: requestId,
      ...(error
        ? {
            errorCode: error.code.replace(/Exception$/, ''),
            errorMessage: error.message,
          }
        : {}),
    },
  });
}

/** Members in lower camel case, as events have them, without what the identity store knows about people. */
function inTrail(value: unknown, eventSource: string): unknown {
  if (Array.isArray(value)) {
    return value.map(item => inTrail(item, eventSource));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      eventSource.startsWith('identitystore') && PERSONAL.has(name)
        ? HIDDEN
        : inTrail(member, eventSource),
    ]),
  );
}
