import express, { type Express } from 'express';
import { createAwsHandler } from '../aws/createAwsHandler';
import { settleAccountCreations } from '../aws/organizations/settleAccountCreations';
import { settleOperations } from '../aws/ssoadmin/settleOperations';
import { createQueryHandler } from '../aws/query/createQueryHandler';
import { createGraphRouter, createTokenRouter } from '../entra';
import { createPageRouter } from '../page';
import { runDueScimCycles } from '../scim';
import { createWeatherMiddleware } from '../weather/createWeatherMiddleware';
import { createWeatherRouter } from '../weather/createWeatherRouter';
import { answerErrors } from './answerErrors';
import { createAdminRouter } from './createAdminRouter';
import { refuseForeignHosts } from './refuseForeignHosts';
import { recordExchanges } from './recordExchanges';
import type { SandboxSeedName } from './plantSeed';
import type { SandboxContext, SandboxSeed } from './SandboxContext';

/** Policies are the largest thing a client sends: 32 KB, and twice that when every character is escaped. */
const AWS_BODY_LIMIT = '1mb';

/** What the HTTP side of a sandbox needs besides its context. */
export interface SandboxAppOptions {
  readonly seed: SandboxSeedName | SandboxSeed;
  readonly record: string | false;
}

/** The whole sandbox behind one port: AWS at `/`, Graph at `/v1.0` and `/beta`, people and tests at `/sandbox`. */
export function createSandboxApp(
  context: SandboxContext,
  options: SandboxAppOptions,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(refuseForeignHosts);
  if (options.record) {
    app.use(recordExchanges(options.record));
  }
  // The query protocol says only in its body what it wants, which the weather has to know.
  app.post('/', express.text({ type: () => true, limit: AWS_BODY_LIMIT }));
  app.use(
    createWeatherMiddleware(context, () => {
      settleOperations(context);
      settleAccountCreations(context);
      runDueScimCycles(context);
    }),
  );
  app.post('/', createQueryHandler(context), createAwsHandler(context));
  app.use(['/v1.0', '/beta'], createGraphRouter(context));
  app.use(createTokenRouter(context));
  app.use('/sandbox/admin/weather', createWeatherRouter(context));
  app.use('/sandbox/admin', createAdminRouter(context, options.seed));
  app.use('/sandbox', createPageRouter(context));
  app.use(answerErrors);
  return app;
}
