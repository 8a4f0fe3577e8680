import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { SandboxContext } from '../server/SandboxContext';
import { conditionsOf } from '../weather/createWeatherMiddleware';
import { describeRequest, objectsOf } from '../weather/WeatherRequest';
import { createCloudTrailService } from './cloudtrail/createCloudTrailService';
import { traceCall } from './cloudtrail/traceCall';
import { createIdentityStoreService } from './identitystore/createIdentityStoreService';
import { createOrganizationsService } from './organizations/createOrganizationsService';
import { AwsError } from './protocol/AwsError';
import type { AwsCall, AwsOperation, AwsService } from './protocol/AwsService';
import { identifyCaller } from './protocol/callers';
import { parseInput } from './protocol/parseInput';
import { sendAwsError, sendAwsJson } from './protocol/sendAwsError';
import { createSsoAdminService } from './ssoadmin/createSsoAdminService';

/**
 * The `POST /` of the sandbox: AWS JSON 1.1, where the header `X-Amz-Target` names the service and the operation.
 * The body must arrive as an unparsed string.
 */
export function createAwsHandler(context: SandboxContext): RequestHandler {
  const limits = () => context.weather.limits();
  const services = [
    createSsoAdminService(context, limits),
    createIdentityStoreService(context, limits),
    createOrganizationsService(context, limits),
    createCloudTrailService(context, limits),
  ];
  return (request, response) => {
    const requestId = randomUUID();
    response.setHeader('x-amzn-RequestId', requestId);
    try {
      sendAwsJson(
        response,
        200,
        answer(context, services, request, response, requestId),
      );
    } catch (error) {
      sendError(response, error);
    }
  };
}

function answer(
  context: SandboxContext,
  services: AwsService[],
  request: Request,
  response: Response,
  requestId: string,
): object {
  const [service, operation] = findOperation(
    services,
    request.get('x-amz-target') ?? '',
  );
  if (!service) {
    throw new AwsError('UnknownOperationException', '', 404);
  }
  const caller = identifyCaller(context, request, service.signingName);
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
    operation: operation.name,
    now: context.clock.now(),
    weather: conditionsOf(response),
  };
  return describeRequest(request)?.access === 'write'
    ? change(service, operation, parsed.input, call, request)
    : read(service, operation, parsed.input, call);
}

/** The longer, dotted prefixes of some clients end like the short ones of others: the last dot parts the operation. */
function findOperation(
  services: AwsService[],
  target: string,
): [service?: AwsService, operation?: AwsOperation] {
  const dot = target.lastIndexOf('.');
  const prefix = target.slice(0, Math.max(0, dot)).split('.').pop();
  const service = services.find(({ targetPrefix }) => targetPrefix === prefix);
  return [service, service?.operations.get(target.slice(dot + 1))];
}

function read(
  service: AwsService,
  operation: AwsOperation,
  input: unknown,
  call: AwsCall,
): object {
  service.authorize(call);
  return operation.handle(input, call);
}

/** One transaction with its entry in the trail; a refusal is in the trail as well. */
function change(
  service: AwsService,
  operation: AwsOperation,
  input: unknown,
  call: AwsCall,
  request: Request,
): object {
  const trace = (outcome: { output?: object; error?: AwsError }) =>
    traceCall(call, {
      eventSource: service.eventSource,
      userAgent: request.get('user-agent'),
      input,
      ...outcome,
    });
  try {
    service.authorize(call);
    const output = call.context.store.transaction(() => {
      const result = operation.handle(input, call);
      trace({ output: result });
      return result;
    });
    call.context.weather.wrote([...objectsOf(input), ...objectsOf(output)]);
    return output;
  } catch (error) {
    if (error instanceof AwsError) {
      trace({ error });
    }
    throw error;
  }
}

function sendError(response: Response, error: unknown): void {
  if (error instanceof AwsError) {
    sendAwsError(response, error);
    return;
  }
  // A fault of the sandbox itself must be found, not retried away.
  const { message, stack } = error as Error;
  process.stderr.write(`${stack}\n`);
  sendAwsJson(response, 500, { __type: 'InternalFailure', Message: message });
}
