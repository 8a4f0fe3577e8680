import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { AwsError } from '../aws/protocol/AwsError';
import { sendAwsError } from '../aws/protocol/sendAwsError';
import { sendQueryError } from '../aws/protocol/sendQueryError';
import { errorBody } from '../entra/protocol/errorBody';
import { GraphError } from '../entra/protocol/GraphError';
import { answerTokenRefusal } from './answerTokenRefusal';
import type { WeatherRefusal } from './WeatherConditions';
import { TOKEN_SERVICE, type WeatherRequest } from './WeatherRequest';

/** A refusal that has an answer; a dropped connection has none. */
export type AnsweredRefusal = Exclude<WeatherRefusal, { type: 'drop' }>;

const GRAPH_CODES: Record<number, string> = {
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'serviceNotAvailable',
  504: 'UnknownError',
};

const INTERNAL_CODES: Record<string, string> = {
  'sso-admin': 'InternalServerException',
  identitystore: 'InternalServerException',
  organizations: 'ServiceException',
};

type KmsProblem = Extract<WeatherRefusal, { type: 'kmsKey' }>['problem'];

/** Per problem: the error, the reason in sso-admin's words, and the reason in identitystore's. */
const KMS: Record<KmsProblem, [code: string, sso: string, store: string]> = {
  accessDenied: [
    'AccessDeniedException',
    'KMS_AccessDeniedException',
    'KMS_ACCESS_DENIED',
  ],
  notFound: [
    'ResourceNotFoundException',
    'KMS_NotFoundException',
    'KMS_KEY_NOT_FOUND',
  ],
  throttled: [
    'ThrottlingException',
    'KMS_ThrottlingException',
    'KMS_THROTTLING',
  ],
  disabled: ['ValidationException', 'KMS_DisabledException', 'KMS_DISABLED'],
};

/** Answers a request with a fault, as the service itself would word it. */
export function answerRefusal(
  request: Request,
  response: Response,
  about: WeatherRequest,
  refusal: AnsweredRefusal,
  now: number,
): void {
  if (about.service === TOKEN_SERVICE) {
    answerTokenRefusal(response, refusal);
    return;
  }
  if (about.cloud === 'graph') {
    const requestId = randomUUID();
    const ids = {
      requestId,
      clientRequestId: request.get('client-request-id') ?? requestId,
    };
    const error = toGraphError(refusal);
    response
      .status(error.status)
      .set({
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
        ...error.headers,
        'Content-Type': 'application/json',
      })
      .end(JSON.stringify(errorBody(error, ids, now)));
    return;
  }
  response.setHeader('x-amzn-RequestId', randomUUID());
  if (about.service === 'sts' || about.service === 'iam') {
    sendQueryError(response, about.service, toQueryError(about, refusal));
  } else {
    sendAwsError(response, toAwsError(about, refusal));
  }
}

/** A fault in the words of Microsoft Graph. */
export function toGraphError(refusal: AnsweredRefusal): GraphError {
  switch (refusal.type) {
    case 'throttle':
    case 'rate':
      return refusal.retryAfterSeconds === null
        ? new GraphError(429, 'TooManyRequests', 'Too many requests.')
        : GraphError.tooManyRequests(refusal.retryAfterSeconds);
    case 'expiredCredentials':
      return new GraphError(
        401,
        'InvalidAuthenticationToken',
        'Lifetime validation failed, the token is expired.',
        { 'WWW-Authenticate': 'Bearer realm="", error="invalid_token"' },
      );
    case 'missingPermission':
      return GraphError.denied();
    case 'error':
      return new GraphError(
        refusal.status,
        GRAPH_CODES[refusal.status] ?? 'generalException',
        'The server was not able to complete the request.',
      );
    default:
      return new GraphError(
        409,
        'Request_MultipleObjectsWithSameKeyValue',
        'Another change of the object is under way.',
      );
  }
}

/** A fault in the words of a JSON service of AWS. */
function toAwsError(
  { service, operation }: WeatherRequest,
  refusal: AnsweredRefusal,
): AwsError {
  switch (refusal.type) {
    case 'throttle':
    case 'rate':
      return service === 'organizations'
        ? new AwsError('TooManyRequestsException', 'Rate exceeded', 400, {
            Type: 'RATE_LIMIT',
          })
        : new AwsError('ThrottlingException', 'Rate exceeded');
    case 'conflict':
      return service === 'organizations'
        ? new AwsError(
            'ConcurrentModificationException',
            'The target of the operation is currently being modified by a different request. Try again later.',
          )
        : AwsError.conflict(
            'The operation cannot be performed because a previous change has not been propagated yet.',
          );
    case 'expiredCredentials':
      return new AwsError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
    case 'missingPermission':
      return service === 'organizations'
        ? new AwsError(
            'AccessDeniedException',
            "You don't have permissions to access this resource.",
          )
        : new AwsError(
            'AccessDeniedException',
            `User is not authorized to perform: ${
              service === 'sso-admin' ? 'sso' : service
            }:${operation} because no identity-based policy allows the ${operation} action`,
          );
    case 'kmsKey':
      return toKmsError(service, refusal.problem);
    default:
      return refusal.status === 500
        ? new AwsError(
            INTERNAL_CODES[service] ?? 'InternalFailure',
            'Internal failure',
            500,
          )
        : new AwsError(
            'ServiceUnavailable',
            'Service is unable to handle request.',
            refusal.status,
          );
  }
}

function toKmsError(service: string, problem: KmsProblem): AwsError {
  const [code, sso, store] = KMS[problem];
  return new AwsError(
    code,
    'The service cannot use the customer managed KMS key of the instance.',
    400,
    { Reason: service === 'sso-admin' ? sso : store },
  );
}

/** STS and IAM have older names for some faults. */
function toQueryError(
  about: WeatherRequest,
  refusal: AnsweredRefusal,
): AwsError {
  const error = toAwsError(about, refusal);
  switch (error.code) {
    case 'ThrottlingException':
      return new AwsError('Throttling', error.message, 400);
    case 'ExpiredTokenException':
      return new AwsError('ExpiredToken', error.message, 403);
    case 'AccessDeniedException':
      return new AwsError('AccessDenied', error.message, 403);
    default:
      return error;
  }
}
