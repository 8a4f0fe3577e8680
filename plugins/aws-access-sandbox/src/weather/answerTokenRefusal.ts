import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { AnsweredRefusal } from './answerRefusal';

/** Entra's answers at its token endpoint: status, OAuth error, Entra's own number, words. */
type TokenError = [
  status: number,
  error: string,
  code: number,
  description: string,
];

/** Answers a request for a token with a fault, as Entra's token endpoint words it. */
export function answerTokenRefusal(
  response: Response,
  refusal: AnsweredRefusal,
): void {
  const [status, error, code, description] = toTokenError(refusal);
  if ('retryAfterSeconds' in refusal && refusal.retryAfterSeconds !== null) {
    response.setHeader('Retry-After', String(refusal.retryAfterSeconds));
  }
  response
    .status(status)
    .setHeader('Content-Type', 'application/json')
    .end(
      JSON.stringify({
        error,
        error_description: `AADSTS${code}: ${description}`,
        error_codes: [code],
        trace_id: randomUUID(),
        correlation_id: randomUUID(),
      }),
    );
}

function toTokenError(refusal: AnsweredRefusal): TokenError {
  switch (refusal.type) {
    case 'throttle':
    case 'rate':
      return [
        429,
        'temporarily_unavailable',
        90055,
        'The server has terminated the request due to excessive request rate.',
      ];
    case 'expiredCredentials':
      return [
        401,
        'invalid_client',
        7000222,
        'The provided client secret keys are expired.',
      ];
    case 'missingPermission':
      return [
        400,
        'unauthorized_client',
        700016,
        'Application was not found in the directory.',
      ];
    default:
      return [
        refusal.type === 'error' ? refusal.status : 503,
        'temporarily_unavailable',
        90033,
        'A transient error has occurred. Please try again.',
      ];
  }
}
