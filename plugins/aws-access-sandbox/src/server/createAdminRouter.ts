import express, { Router, type Response } from 'express';
import { z } from 'zod';
import type { SandboxContext, SandboxSeed } from './SandboxContext';
import { assignInConsole } from '../aws/ssoadmin/assignInConsole';
import { resetToSeed, type SandboxSeedName } from './plantSeed';
import { recordSignIn } from './recordSignIn';

/** A year: enough for every expiry in the product, and small enough that a slip of the finger does no harm. */
const MAXIMUM_MINUTES = 366 * 24 * 60;

const Advance = z.object({
  minutes: z.number().positive().max(MAXIMUM_MINUTES),
});

const SignIn = z.object({
  userId: z.string(),
  role: z
    .object({ accountId: z.string(), permissionSetArn: z.string() })
    .optional(),
});

const ConsoleAssignment = z.object({
  action: z.enum(['assign', 'unassign']),
  accountId: z.string(),
  permissionSetArn: z.string(),
  principalType: z.enum(['USER', 'GROUP']),
  principalId: z.string(),
  userId: z.string(),
});

/**
 * What tests and demos do to the sandbox from outside, as JSON: look at the clock and move it on, count what is
 * there, start again from the seed; and what people do past every API: sign in, and change access in the console.
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

  router.post('/sign-in', (request, response) => {
    const parsed = SignIn.safeParse(request.body);
    if (!parsed.success) {
      response
        .status(400)
        .json({ error: { message: z.prettifyError(parsed.error) } });
      return;
    }
    const user = store.get(
      'SELECT 1 FROM identity_store_users WHERE user_id = ?',
      [parsed.data.userId],
    );
    if (!user) {
      response
        .status(404)
        .json({ error: { message: `There is no user ${parsed.data.userId}` } });
      return;
    }
    recordSignIn(context, parsed.data);
    response.status(204).end();
  });

  router.post('/console/assignment', (request, response) => {
    const parsed = ConsoleAssignment.safeParse(request.body);
    if (!parsed.success) {
      response
        .status(400)
        .json({ error: { message: z.prettifyError(parsed.error) } });
      return;
    }
    const refusal = assignInConsole(context, parsed.data);
    if (refusal) {
      response.status(409).json({ error: { message: refusal } });
      return;
    }
    response.status(204).end();
  });

  return router;
}
