import express, { Router, type Response } from 'express';
import { z } from 'zod';
import type { SandboxContext, SandboxSeed } from './SandboxContext';
import { resetToSeed, type SandboxSeedName } from './plantSeed';

/** A year: enough for every expiry in the product, and small enough that a slip of the finger does no harm. */
const MAXIMUM_MINUTES = 366 * 24 * 60;

const Advance = z.object({
  minutes: z.number().positive().max(MAXIMUM_MINUTES),
});

/**
 * What tests and demos do to the sandbox from outside, as JSON: look at the clock and move it on, count what is
 * there, start again from the seed.
 */
export function createAdminRouter(
  context: SandboxContext,
  seed: SandboxSeedName | SandboxSeed,
): Router {
  const { store, clock } = context;
  const router = Router();
  router.use(express.json());

  const answerClock = (response: Response) =>
    response.json({
      now: new Date(clock.now()).toISOString(),
      offsetMs: clock.offset(),
    });

  router.get('/clock', (_request, response) => {
    answerClock(response);
  });

  router.post('/clock/advance', (request, response) => {
    const parsed = Advance.safeParse(request.body);
    if (!parsed.success) {
      response.status(400).json({
        error: {
          message: `"minutes" must be a number above 0 and at most ${MAXIMUM_MINUTES}`,
        },
      });
      return;
    }
    clock.advance(Math.round(parsed.data.minutes * 60_000));
    answerClock(response);
  });

  router.get('/state', (_request, response) => {
    response.json({ rows: store.countRows() });
  });

  router.post('/reset', (_request, response) => {
    resetToSeed(context, seed);
    response.json({ rows: store.countRows() });
  });

  return router;
}
