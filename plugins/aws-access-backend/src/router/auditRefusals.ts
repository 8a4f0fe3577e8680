import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ErrorRequestHandler, Request } from 'express';

const REFUSALS = [
  'AuthenticationError',
  'NotAllowedError',
  'TooManyRequestsError',
];

/**
 * Tells the portal's auditor which calls were refused, and passes the error on.
 * Nothing changed, so that the audit log of the plugin has no row of it. What is
 * hidden from a caller who wants to change it is refused, too.
 */
export function auditRefusals(options: {
  auditor: AuditorService;
  logger: LoggerService;
}): ErrorRequestHandler {
  return (error, request, _response, next) => {
    if (isRefusal(error, request)) {
      record(options.auditor, request, error).catch(reason =>
        options.logger.warn(`The auditor did not take a refusal: ${reason}`),
      );
    }
    next(error);
  };
}

function isRefusal(error: { name?: string }, request: Request): boolean {
  return (
    REFUSALS.includes(error.name ?? '') ||
    (error.name === 'NotFoundError' && request.method !== 'GET')
  );
}

async function record(auditor: AuditorService, request: Request, error: Error) {
  const event = await auditor.createEvent({
    eventId: 'call-refused',
    severityLevel: 'medium',
    request,
    // The path has ids only; what a person typed is in the body.
    meta: { actionType: 'refuse', method: request.method, path: request.path },
  });
  await event.fail({ error });
}
