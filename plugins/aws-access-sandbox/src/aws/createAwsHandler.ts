import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { SandboxContext } from '../server/SandboxContext';
import type { SandboxLimits } from '../server/SandboxLimits';
import { AwsError } from './protocol/AwsError';
import type { AwsCall, AwsService } from './protocol/AwsService';
import { identifyCaller } from './protocol/callers';
import { parseInput } from './protocol/parseInput';
import { createIdentityStoreService } from './identitystore/createIdentityStoreService';
import { createOrganizationsService } from './organizations/createOrganizationsService';
import { createSsoAdminService } from './ssoadmin/createSsoAdminService';

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/**
 * The `POST /` of the sandbox: AWS JSON 1.1, where the header `X-Amz-Target` names the service and the operation.
 * The body must arrive as an unparsed string.
 */
export function createAwsHandler(
  context: SandboxContext,
  limits: SandboxLimits,
): RequestHandler {
  const services = [
    createSsoAdminService(context, limits),
    createIdentityStoreService(context, limits),
    createOrganizationsService(context),
  ];
  return (request, response) => {
    const requestId = randomUUID();
    response.setHeader('x-amzn-RequestId', requestId);
    try {
      const output = answer(context, services, request, requestId);
      send(response, 200, JSON.stringify(output));
    } catch (error) {
      sendError(response, error);
    }
  };
}

function answer(
  context: SandboxContext,
  services: AwsService[],
  request: Request,
  requestId: string,
): object {
  const [prefix, operationName] = (request.get('x-amz-target') ?? '').split(
    '.',
  );
  const service = services.find(({ targetPrefix }) => targetPrefix === prefix);
  if (!service) {
    throw new AwsError('UnknownOperationException', '', 404);
  }
  const caller = identifyCaller(
    context,
    request.get('authorization'),
    service.signingName,
  );
  const operation = service.operations.get(operationName);
  if (!operation) {
    throw new AwsError('UnknownOperationException', '', 404);
  }
  if (service.bucket && !service.bucket.take()) {
    throw service.toThrottlingError();
  }
  const parsed = parseInput(
    operation.input,
    typeof request.body === 'string' ? request.body : '',
  );
  if (parsed.problems) {
    throw service.toInputError(parsed.problems);
  }
  const call: AwsCall = {
    context,
    caller,
    requestId,
    operation: operationName,
    now: context.clock.now(),
  };
  service.authorize(call);
  return context.store.transaction(() => operation.handle(parsed.input, call));
}

function sendError(response: Response, error: unknown): void {
  if (error instanceof AwsError) {
    // The modelled errors call it Message, AWS's front door message: clients read either.
    send(
      response,
      error.status,
      JSON.stringify({
        __type: error.code,
        ...(error.message ? { Message: error.message } : {}),
        ...error.members,
      }),
    );
    return;
  }
  // A fault of the sandbox itself must be found, not retried away.
  const { message, stack } = error as Error;
  process.stderr.write(`${stack}\n`);
  send(
    response,
    500,
    JSON.stringify({ __type: 'InternalFailure', Message: message }),
  );
}

function send(response: Response, status: number, body: string): void {
  response.status(status).setHeader('Content-Type', CONTENT_TYPE);
  response.end(body);
}
