import { appBuild, appNeedsBuild } from '../scripts/lib/buildApp.mjs';
import { startService } from '../scripts/lib/startService.mjs';

/** The portal serves its app, and does not start without one. */
export async function ensureAppBuilt(logs) {
  if (!appNeedsBuild()) return;
  console.log("Building the portal's app, about 20 seconds ...");
  const build = appBuild(logs);
  const service = startService(build.service);
  build.finish(service, await service.ended);
}
