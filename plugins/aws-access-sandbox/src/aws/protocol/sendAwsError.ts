import type { Response } from 'express';
import type { AwsError } from './AwsError';

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** Answers in AWS JSON 1.1. */
export function sendAwsJson(
  response: Response,
  status: number,
  body: object,
): void {
  response.status(status).setHeader('Content-Type', CONTENT_TYPE);
  response.end(JSON.stringify(body));
}

/** Answers with an error in AWS JSON 1.1: its name in `__type`, and the members of its shape. */
export function sendAwsError(response: Response, error: AwsError): void {
  sendAwsJson(response, error.status, {
    __type: error.code,
    // The modelled errors call it Message, AWS's front door message: clients read either.
    ...(error.message ? { Message: error.message } : {}),
    ...error.members,
  });
}
