import express, { Router } from 'express';
import type { SandboxContext } from '../server/SandboxContext';
import {
  replaceScimToken,
  revokeScimTokens,
  runDueScimCycles,
  runScimCycleNow,
  ScimJob,
} from '../scim';
import { createPortalRouter } from './createPortalRouter';
import { createConsoleRouter } from './createConsoleRouter';
import { createWeatherPageRouter } from './createWeatherPageRouter';
import { overviewPage } from './overviewPage';
import { provisioningPage } from './provisioningPage';
import { sendPage } from './sendPage';
import { style } from './style';

/** A year, as far as the clock goes in one step. */
const MAXIMUM_MINUTES = 366 * 24 * 60;

/**
 * The pages for people, to be mounted at `/sandbox`: both clouds, the AWS access
 * portal as a person would see it, the console, the clock, the weather and the provisioning log.
 *
 * Plain forms, which no page of another site can send: the server refuses foreign origins.
 *
 * @public
 */
export function createPageRouter(
  context: Pick<SandboxContext, 'store' | 'clock' | 'switches' | 'weather'>,
): Router {
  const { store, clock, weather } = context;
  const router = Router();
  router.use(express.urlencoded({ extended: false }));
  router.use('/portal', createPortalRouter(context));
  // Where links to a role's console lead: to a sign-in, as the real portal does.
  // Browsers keep the fragment with the account and the role over a redirect.
  router.get('/start', (_request, response) => {
    response.redirect(303, '/sandbox/portal');
  });
  router.use('/console', createConsoleRouter(context));
  router.use('/weather', createWeatherPageRouter(weather));
  router.get('/', (_request, response) => {
    sendPage(response, overviewPage(context));
  });
  router.get('/provisioning', (_request, response) => {
    sendPage(response, provisioningPage(store));
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
