import express, { Response, Router } from 'express';
import type { SandboxContext } from '../server/SandboxContext';
import {
  replaceScimToken,
  revokeScimTokens,
  runDueScimCycles,
  runScimCycleNow,
  ScimJob,
} from '../scim';
import { overviewPage } from './overviewPage';
import { portalPage } from './portalPage';
import { provisioningPage } from './provisioningPage';
import { style } from './style';

/** A year, as far as the clock goes in one step. */
const MAXIMUM_MINUTES = 366 * 24 * 60;

function send(response: Response, page: string): void {
  response
    .set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
    .type('html')
    .send(page);
}

/**
 * The pages for people, to be mounted at `/sandbox`: both clouds, the AWS access
 * portal as a person would see it, the clock and the provisioning log.
 *
 * @public
 */
export function createPageRouter(
  context: Pick<SandboxContext, 'store' | 'clock'>,
): Router {
  const { store, clock } = context;
  const router = Router();
  router.use(express.urlencoded({ extended: false }));
  router.get('/', (_request, response) => {
    send(response, overviewPage(context));
  });
  router.get('/portal', (request, response) => {
    const { person } = request.query;
    send(
      response,
      portalPage(store, typeof person === 'string' ? person : undefined),
    );
  });
  router.get('/provisioning', (_request, response) => {
    send(response, provisioningPage(store));
  });
  router.get('/style.css', (_request, response) => {
    response.type('css').send(style);
  });
  router.post('/clock', (request, response) => {
    const minutes = Number(request.body.minutes);
    if (!(minutes > 0 && minutes <= MAXIMUM_MINUTES)) {
      response
        .status(400)
        .type('text')
        .send(
          `"minutes" must be a number above 0 and at most ${MAXIMUM_MINUTES}`,
        );
      return;
    }
    clock.advance(Math.round(minutes * 60_000));
    runDueScimCycles(context);
    response.redirect(303, '/sandbox');
  });
  router.post('/scim', (_request, response) => {
    for (const job of store.all<ScimJob>(
      `SELECT * FROM entra_synchronization_jobs WHERE state <> 'NotRun'`,
    )) {
      runScimCycleNow(context, job);
    }
    response.redirect(303, '/sandbox/provisioning');
  });
  router.post('/scim/token', (request, response) => {
    if (request.body.action === 'revoke') {
      revokeScimTokens(context);
    } else {
      replaceScimToken(context);
    }
    response.redirect(303, '/sandbox/provisioning');
  });
  return router;
}
