import express, { type Express, type RequestHandler } from 'express';
import { createAwsHandler } from '../aws/createAwsHandler';
import { settleOperations } from '../aws/ssoadmin/settleOperations';
import { createStsHandler } from '../aws/sts/createStsHandler';
import { createGraphRouter, createTokenRouter } from '../entra';
import { createPageRouter } from '../page';
import { runDueScimCycles } from '../scim';
import { answerErrors } from './answerErrors';
import { createAdminRouter } from './createAdminRouter';
import { refuseForeignHosts } from './refuseForeignHosts';
import { recordExchanges } from './recordExchanges';
import type { SandboxSeedName } from './plantSeed';
import type { SandboxContext, SandboxSeed } from './SandboxContext';
import type { SandboxLimits } from './SandboxLimits';

/** Policies are the largest thing a client sends: 32 KB, and twice that when every character is escaped. */
const AWS_BODY_LIMIT = '1mb';

/** What the HTTP side of a sandbox needs besides its context. */
export interface SandboxAppOptions {
  readonly limits: SandboxLimits;
  readonly seed: SandboxSeedName | SandboxSeed;
  readonly record?: string;
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
  app.use(settleDueWork(context));
  app.post(
    '/',
    express.text({ type: () => true, limit: AWS_BODY_LIMIT }),
    createStsHandler(context),
    createAwsHandler(context, options.limits),
  );
  app.use(['/v1.0', '/beta'], createGraphRouter(context));
  app.use(createTokenRouter(context));
  app.use('/sandbox/admin', createAdminRouter(context, options.seed));
  app.use('/sandbox', createPageRouter(context));
  app.use(answerErrors);
  return app;
}

/** Nothing in the sandbox has a timer: what is due happens just before somebody looks. */
function settleDueWork(context: SandboxContext): RequestHandler {
  return (_request, _response, next) => {
    settleOperations(context);
    runDueScimCycles(context);
    next();
  };
}
