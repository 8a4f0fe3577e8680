import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

const KEY = 'awsAccess.templates.waitSeconds';
const DEFAULT_SECONDS = 30;
/** The portal has ten places for steps; nobody may hold one for long. */
const MOST_SECONDS = 120;

/**
 * How long a direct action may wait for provisioning.
 *
 * @throws InputError when it is configured as anything but 0 to 120 seconds
 */
export function readWaitSeconds(config: RootConfigService): number {
  const seconds = config.getOptionalNumber(KEY) ?? DEFAULT_SECONDS;
  if (seconds >= 0 && seconds <= MOST_SECONDS) return seconds;
  throw new InputError(
    `${KEY} must be between 0 and ${MOST_SECONDS} seconds, and is ${seconds}.`,
  );
}
