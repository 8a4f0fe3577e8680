import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
} from '@backstage/errors';
import { AccessRequestActionInput, getActionField } from './readAccessRequest';

/** Paths in the body, as the backend's messages name them. */
const BODY_PATH = /\bchanges(?:\.\w+)+/g;

/**
 * What the step fails with when the backend refuses: the backend's own reason,
 * with the author's field names, and what to do now. The task's creator reads
 * it in the task's log.
 */
export function toStepError(
  error: unknown,
  input: AccessRequestActionInput,
): Error {
  if (!ResponseError.is(error)) {
    if (!isError(error)) return unreachable(error);
    // The token could not be had: the backend was not asked.
    if (error.name === 'AuthenticationError')
      return sessionEnded(error.message);
    return error.name === 'NotAllowedError' ? error : unreachable(error);
  }

  const reason = error.cause.message
    .replace(BODY_PATH, path => getActionField(path, input))
    .replace(/\.$/, '');
  switch (error.statusCode) {
    case 400:
      return new InputError(`The access request was not filed: ${reason}.`);
    case 401:
      return sessionEnded(reason);
    case 403:
      return new NotAllowedError(
        `You may not file this access request: ${reason}. A lead of the team, an owner of the account or a portal administrator can help.`,
      );
    case 404:
      return new NotFoundError(
        `The access request was not filed, because something it names is not there or not yours to see: ${reason}. If every request ends like this, the AWS access backend is not installed.`,
      );
    case 409:
      return new ConflictError(
        `The access request was not filed, because it conflicts with another: ${reason}. Look at your open requests, then run the template again.`,
      );
    default:
      return unreachable(error, `answered ${error.statusCode} (${reason})`);
  }
}

function sessionEnded(reason: string) {
  return new NotAllowedError(
    `The access request was not filed, because your session had ended: ${reason}. Sign in and run the template again.`,
  );
}

function unreachable(error: unknown, reason = 'could not be reached') {
  return new Error(
    `The AWS access backend ${reason}. Run this task again from its page: what was filed already is not filed twice.`,
    { cause: error },
  );
}
