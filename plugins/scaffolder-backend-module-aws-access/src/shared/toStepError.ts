import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
} from '@backstage/errors';

/** Paths in the body, as the backend's messages name them. */
const BODY_PATH = /\bchanges(?:\.\w+)+/g;

/** What was tried: "You may not file", "was not filed". */
export type Deed = 'file' | 'read' | 'give back';

const DONE: Record<Deed, string> = {
  file: 'filed',
  read: 'read',
  'give back': 'given back',
};

/**
 * What the step fails with when the backend refuses: the backend's own reason,
 * with the author's field names, and what to do now. The task's creator reads
 * it in the task's log.
 *
 * @param getField - the author's name for a path in the body
 */
export function toStepError(
  error: unknown,
  deed: Deed,
  getField: (path: string) => string,
): Error {
  const failed = `The access request was not ${DONE[deed]}`;
  if (!ResponseError.is(error)) {
    if (!isError(error)) return unreachable(error);
    // The token could not be had: the backend was not asked.
    if (error.name === 'AuthenticationError')
      return sessionEnded(failed, error.message);
    return error.name === 'NotAllowedError' ? error : unreachable(error);
  }

  const reason = error.cause.message
    .replace(BODY_PATH, getField)
    .replace(/\.$/, '');
  switch (error.statusCode) {
    case 400:
      return new InputError(`${failed}: ${reason}.`);
    case 401:
      return sessionEnded(failed, reason);
    case 403:
      return new NotAllowedError(
        `You may not ${deed} this access request: ${reason}. A lead of the team, an owner of the account or a portal administrator can help.`,
      );
    case 404:
      return new NotFoundError(
        `${failed}, because something it names is not there or not yours to see: ${reason}. If every request ends like this, the AWS access backend is not installed.`,
      );
    case 409:
      return new ConflictError(
        `${failed}, because it conflicts with another: ${reason}. Look at your open requests, then run the template again.`,
      );
    default:
      return unreachable(error, `answered ${error.statusCode} (${reason})`);
  }
}

function sessionEnded(failed: string, reason: string) {
  return new NotAllowedError(
    `${failed}, because your session had ended: ${reason}. Sign in and run the template again.`,
  );
}

function unreachable(error: unknown, reason = 'could not be reached') {
  return new Error(
    `The AWS access backend ${reason}. Run this task again from its page: what was filed already is not filed twice.`,
    { cause: error },
  );
}
