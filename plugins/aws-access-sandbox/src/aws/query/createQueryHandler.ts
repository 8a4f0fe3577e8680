import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { SandboxContext } from '../../server/SandboxContext';
import { createIamService } from '../iam/createIamService';
import { AwsError } from '../protocol/AwsError';
import { type AwsCaller, identifyCaller } from '../protocol/callers';
import { QUERY_NAMESPACES, sendQueryError } from '../protocol/sendQueryError';
import { toXml } from '../protocol/xml';
import { createStsService } from '../sts/createStsService';
import type { QueryService } from './QueryService';

/** Answers STS and IAM at the same `POST /` as the JSON services, which name themselves in a header. */
export function createQueryHandler(context: SandboxContext): RequestHandler {
  const services: QueryService[] = [createStsService(), createIamService()];
  return (request, response, next) => {
    const parameters = Object.fromEntries(
      new URLSearchParams(typeof request.body === 'string' ? request.body : ''),
    );
    const { Action: action, Version: version } = parameters;
    if (request.get('x-amz-target') || !action) {
      next();
      return;
    }
    const requestId = randomUUID();
    response.setHeader('x-amzn-RequestId', requestId);
    response.setHeader('Content-Type', 'text/xml');
    const service =
      services.find(candidate => candidate.version === version) ?? services[0];
    try {
      const caller = identifyQueryCaller(context, request, service.name);
      if (!Object.hasOwn(service.actions, action)) {
        throw new AwsError(
          'InvalidAction',
          `Could not find operation ${action} for version ${version}`,
        );
      }
      const result = service.actions[action]({ context, caller, parameters });
      response.end(
        `<${action}Response xmlns="${
          QUERY_NAMESPACES[service.name]
        }"><${action}Result>${toXml(
          result,
        )}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
      );
    } catch (error) {
      if (!(error instanceof AwsError)) {
        next(error);
        return;
      }
      sendQueryError(response, service.name, error);
    }
  };
}

/** The query services have older names and another status for credentials that are no good. */
function identifyQueryCaller(
  context: SandboxContext,
  request: Request,
  signingName: string,
): AwsCaller {
  try {
    return identifyCaller(context, request, signingName);
  } catch (error) {
    const older: Record<string, string> = {
      UnrecognizedClientException: 'InvalidClientTokenId',
      ExpiredTokenException: 'ExpiredToken',
      MissingAuthenticationToken: 'MissingAuthenticationToken',
      InvalidSignatureException: 'SignatureDoesNotMatch',
      IncompleteSignature: 'IncompleteSignature',
    };
    throw error instanceof AwsError && older[error.code]
      ? new AwsError(older[error.code], error.message, 403)
      : error;
  }
}
