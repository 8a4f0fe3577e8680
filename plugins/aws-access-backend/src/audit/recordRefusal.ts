import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';

const REFUSALS = [
  'AuthenticationError',
  'NotAllowedError',
  'TooManyRequestsError',
];

/**
 * Whether an error refuses a call. What is hidden from a caller who wants to
 * change it is refused, too.
 */
export function isRefusal(
  error: { name?: string },
  call: { reads: boolean },
): boolean {
  return (
    REFUSALS.includes(error.name ?? '') ||
    (error.name === 'NotFoundError' && !call.reads)
  );
}

/**
 * Tells the portal's auditor that a call was refused, by whichever door it came.
 * Nothing changed, so that the audit log of the plugin has no row of it. Never
 * throws, and keeps nobody waiting.
 *
 * @param call - who called what: refs and ids only, nothing that was typed
 */
export function recordRefusal(
  { auditor, logger }: { auditor: AuditorService; logger: LoggerService },
  error: Error,
  call: {
    request?: Parameters<AuditorService['createEvent']>[0]['request'];
    meta: JsonObject;
  },
): void {
  const { request, meta } = call;
  const record = async () => {
    const event = await auditor.createEvent({
      eventId: 'call-refused',
      severityLevel: 'medium',
      ...(request && { request }),
      meta: { actionType: 'refuse', ...meta },
    });
    await event.fail({ error });
  };
  record().catch(reason =>
    logger.warn(`The auditor did not take a refusal: ${reason}`),
  );
}
