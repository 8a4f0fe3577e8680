import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ErrorRequestHandler } from 'express';
import { isRefusal, recordRefusal } from '../audit/recordRefusal';

/**
 * Tells the portal's auditor which calls were refused, and passes the error on.
 */
export function auditRefusals(options: {
  auditor: AuditorService;
  logger: LoggerService;
}): ErrorRequestHandler {
  return (error, request, _response, next) => {
    if (isRefusal(error, { reads: request.method === 'GET' })) {
      recordRefusal(options, error, {
        request,
        // The path has ids only; what a person typed is in the body.
        meta: { method: request.method, path: request.path },
      });
    }
    next(error);
  };
}
