import { join } from 'node:path';
import { LeanProcess } from './LeanProcess.mjs';
import { PortalProcess } from './PortalProcess.mjs';
import { readEverybody } from './readEverybody.mjs';

/**
 * A replica of the kind that the soak is about.
 *
 * @param options - `backend` (`lean` or `portal`), `backendFile` of a lean one,
 *   `number` of the replica, `config`, `sandboxUrl`, and `folder` for its logs
 */
export function createBackendProcess(options) {
  const { backend, backendFile, number, config, sandboxUrl, folder } = options;
  const logFile = join(folder, `backend-${number}.log`);
  if (backend === 'lean') {
    return new LeanProcess({ file: backendFile, config, logFile, folder });
  }
  return new PortalProcess({
    config,
    people: readEverybody(),
    logFile,
    configFile: join(folder, `portal-${number}.json`),
    sandboxUrl,
    folder,
  });
}
