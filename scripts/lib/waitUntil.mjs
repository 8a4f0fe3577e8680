import { setTimeout as delay } from 'node:timers/promises';
import { ExpectedError } from './ExpectedError.mjs';

/**
 * Waits until `check` answers something true. Fails at once when the service
 * ends, with the last lines of its log.
 */
export async function waitUntil(check, { service, what, timeoutMs = 120_000 }) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (!service.running) {
      throw new ExpectedError(
        `The ${service.name} ${await service.ended} before ${what}. ` +
          `Its last words (all of them are in ${
            service.log
          }):\n\n${service.lastWords()}\n`,
      );
    }
    const answer = await check().catch(() => undefined);
    if (answer) {
      return answer;
    }
    await delay(200);
  }
  throw new ExpectedError(
    `The ${service.name} took longer than ${
      timeoutMs / 1000
    } seconds until ${what}. Its log is ${service.log}.`,
  );
}
