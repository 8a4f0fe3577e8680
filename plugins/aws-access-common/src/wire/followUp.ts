import { z } from 'zod';
import { entityRefSchema, plainText } from './primitives';

/** Approvers read the values; beyond this nobody would. */
const MOST_CHARACTERS = 10_000;

const readable = plainText(MOST_CHARACTERS);

/**
 * What the backend adds to the values: who asked, who approved.
 *
 * @public
 */
export const FOLLOW_UP_CONTEXT = 'awsAccess';

/**
 * A software template that goes on when the access of a request is usable, so
 * that nothing has to wait in the scaffolder for a person.
 *
 * @public
 */
export const followUpSchema = z.object({
  template: entityRefSchema('template'),
  values: z
    .record(z.string(), z.json())
    .default({})
    .refine(values => !(FOLLOW_UP_CONTEXT in values), {
      message: `must not contain ${FOLLOW_UP_CONTEXT}: it is added when the template is started`,
    })
    // Approvers read them as they are written here (security rule 32).
    .refine(values => readable.safeParse(JSON.stringify(values)).success, {
      message: `must have at most ${MOST_CHARACTERS} characters as JSON, and no invisible or text-direction characters`,
    }),
});

/**
 * A follow-up as it is approved: the template by its content, so that nobody
 * changes it between the approval and its start (security rule 3).
 *
 * @public
 */
export const plannedFollowUpSchema = z.object({
  template: z.string(),
  /** SHA-256 of the template's specification. */
  contentDigest: z.string(),
  values: z.record(z.string(), z.json()),
});

/**
 * What became of a follow-up. It never changes the access.
 *
 * @public
 */
export const followUpOutcomeSchema = z.object({
  template: z.string(),
  /**
   * `planned`: the access is not usable yet. `waiting`: about to be started.
   * `starting`: handed to the scaffolder, which has not answered. `started`: a
   * task runs, or ran. `notStarted`: see the detail.
   */
  state: z.enum(['planned', 'waiting', 'starting', 'started', 'notStarted']),
  /** The scaffolder's task, whose page tells how it went. */
  taskId: z.string().nullable(),
  /** Why it was not started, in plain words. */
  detail: z.string().nullable(),
});

/** @public */
export type FollowUp = z.infer<typeof followUpSchema>;
/** @public */
export type PlannedFollowUp = z.infer<typeof plannedFollowUpSchema>;
/** @public */
export type FollowUpOutcome = z.infer<typeof followUpOutcomeSchema>;
