import { z } from 'zod';
import { REQUEST_STATES } from '../requestStates';
import { organizationSchema } from './organizations';
import { durationSchema, plainText } from './primitives';

/**
 * What an operator may stop (security rule 22): `grants` stops everything that
 * gives access, removals go on; `everything` stops removals too, so that access
 * may outlive its end.
 *
 * @public
 */
export const WRITE_STOPS = ['grants', 'everything'] as const;

/** @public */
export type WriteStopKind = (typeof WRITE_STOPS)[number];

/**
 * Stopping writes of an organization. It ends by itself after `duration`, so
 * that a stop which nobody remembers does not become the normal state.
 *
 * @public
 */
export const stopWritesInputSchema = z.object({
  kind: z.enum(WRITE_STOPS),
  reason: plainText(500),
  duration: durationSchema,
});

/** @public */
export const writeStopSchema = z.object({
  kind: z.enum(WRITE_STOPS),
  reason: z.string(),
  /** Ref of who stopped them. */
  stoppedBy: z.string(),
  since: z.string(),
  /** When it ends by itself, ISO-8601. */
  until: z.string(),
});

/**
 * A request that an operator should look at.
 *
 * @public
 */
export const troubledRequestSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  title: z.string(),
  state: z.enum(REQUEST_STATES),
  /** Since when it is so: the last change of the request. */
  since: z.string(),
  /**
   * When its access ends; of what is overdue, when it should have ended: at its end,
   * or when it was taken back. Null = it has no end.
   */
  endsAt: z.string().nullable(),
  /** The step it is at, in words; null = none has begun. */
  step: z.string().nullable(),
  /** What keeps it, in plain words. */
  reason: z.string().nullable(),
  /** What the cloud said, word for word. */
  cloudMessage: z.string().nullable(),
  /**
   * Whether nothing but the next cycle of SCIM is missing (about 40 minutes), until
   * AWS shows what Entra has taken away.
   */
  waitsForScim: z.boolean().optional(),
});

/**
 * Something that is kept true for a request and has stopped, because it would
 * take away much at once.
 *
 * @public
 */
export const heldMandateSchema = z.object({
  mandateId: z.string(),
  requestId: z.string(),
  number: z.number().int(),
  title: z.string(),
  reason: z.string(),
});

/**
 * Writes of the last hour beside their limit; past it they wait for an operator.
 *
 * @public
 */
export const writeLimitSchema = z.object({
  done: z.number().int(),
  limit: z.number().int(),
});

/**
 * Lets a held mandate go on, whatever it takes away.
 *
 * @public
 */
export const releaseMandateInputSchema = z.object({
  requestId: z.string().min(1).max(100),
  mandateId: z.string().min(1).max(100),
});

/**
 * Lets the access of people end who seem to have left Entra at once.
 *
 * @public
 */
export const releaseLeaversInputSchema = z.object({
  /** How many the operator has seen: a word about others is none. */
  people: z.number().int().positive(),
});

/**
 * How the portal comes into the clouds of an organization, as the replica that
 * answers has found it.
 *
 * @public
 */
export const organizationCredentialsSchema = z.object({
  /** The last look, ISO-8601; null = none yet. */
  checkedAt: z.string().nullable(),
  aws: z.object({
    /** The kind, as in the configuration. */
    type: z.string(),
    /**
     * In which account they act. A delegated administrator account can do less:
     * AWS does not let it ask for the assignments of one principal, nor touch
     * permission sets that are also assigned in the management account.
     */
    account: z.enum(['management', 'delegated', 'unknown']),
    /** What is wrong with them, in plain words; null = nothing. */
    problem: z.string().nullable(),
    /** What the cloud said, word for word. */
    cloudMessage: z.string().nullable(),
  }),
  entra: z.object({
    type: z.string(),
    /** When the certificate ends, ISO-8601; null = not known. */
    expiresAt: z.string().nullable(),
    /** False: somebody else assigns groups to the enterprise application. */
    assignsApplication: z.boolean(),
    problem: z.string().nullable(),
    cloudMessage: z.string().nullable(),
  }),
});

/**
 * How calls to the clouds of an organization go, as the replica that answers knows
 * it: each counts its own calls, in memory, and forgets them when it ends.
 *
 * @public
 */
export const organizationThrottlingSchema = z.object({
  /** Which replica answers: its host and process. */
  replica: z.string(),
  /** Since when it counts, ISO-8601, by its own clock. */
  since: z.string(),
  services: z.array(
    z.object({
      service: z.enum(['sso-admin', 'identitystore', 'organizations', 'graph']),
      /** Calls that the cloud refused for their rate in the last hour. */
      refusedInLastHour: z.number().int(),
      /**
       * What the replica allows itself now, in calls a second (Graph: resource
       * units); 0 = the cloud asks to be left alone for a while.
       */
      requestsPerSecond: z.number(),
      /** What it allows itself when nothing is refused. */
      fullRequestsPerSecond: z.number(),
    }),
  ),
});

/** @public */
export const organizationOperationsSchema = z.object({
  organization: organizationSchema,
  credentials: organizationCredentialsSchema.optional(),
  stops: z.array(writeStopSchema),
  /** Which replica works for it; null = none does at the moment. */
  worker: z
    .object({
      /** How often the work was taken over. */
      epoch: z.number().int(),
      /** Until when the claim holds unless it is renewed. */
      claimedUntil: z.string(),
      /** Whether it is the replica that answers. */
      isThisReplica: z.boolean().optional(),
    })
    .nullable(),
  queue: z.object({
    /** Approved requests that have not started. */
    approved: z.number().int(),
    /** When the longest waiting of them was approved. */
    oldestApprovedAt: z.string().nullable(),
    /** Requests being set up. */
    settingUp: z.number().int(),
    /** Requests being taken away. */
    takingAway: z.number().int(),
    /** Steps that may be worked on. */
    openSteps: z.number().int(),
    /** Steps that wait for a cloud. */
    waitingSteps: z.number().int(),
    /** Steps that were refused for now and will be tried again. */
    retriedSteps: z.number().int(),
    /** Writes that were sent or are about to be, and not yet seen in a cloud. */
    unconfirmedWrites: z.number().int(),
  }),
  /** Worst first; at most 100 of each. */
  stuck: z.array(troubledRequestSchema),
  /** Access that is past its end and not verified gone, the longest overdue first. */
  overdue: z.array(troubledRequestSchema),
  /** What waits for an operator to say go. */
  held: z.array(heldMandateSchema),
  /**
   * People with access who seem to have left Entra, more at once than go without
   * asking; null = none wait.
   */
  heldLeavers: z
    .object({ people: z.number().int(), since: z.string() })
    .nullable()
    .optional(),
  limits: z.object({ writes: writeLimitSchema, removals: writeLimitSchema }),
  throttling: organizationThrottlingSchema.optional(),
});

/** @public */
export const operationsResponseSchema = z.object({
  /** The moment of the answer, by the database's clock. */
  asOf: z.string(),
  /** The organizations, the worst first. */
  items: z.array(organizationOperationsSchema),
  /**
   * Organizations that are not configured any more and where requests hold access:
   * nothing takes it away.
   */
  unconfigured: z
    .array(
      z.object({
        id: z.string(),
        requests: z.number().int(),
        /** Those of them whose access should have ended. */
        overdueRequests: z.number().int(),
      }),
    )
    .optional(),
  /** Whether the caller may stop and resume writes. */
  canStopWrites: z.boolean(),
});

/** @public */
export type StopWritesInput = z.input<typeof stopWritesInputSchema>;
/** @public */
export type WriteStop = z.infer<typeof writeStopSchema>;
/** @public */
export type HeldMandate = z.infer<typeof heldMandateSchema>;
/** @public */
export type ReleaseMandateInput = z.infer<typeof releaseMandateInputSchema>;
/** @public */
export type ReleaseLeaversInput = z.infer<typeof releaseLeaversInputSchema>;
/** @public */
export type TroubledRequest = z.infer<typeof troubledRequestSchema>;
/** @public */
export type OrganizationOperations = z.infer<
  typeof organizationOperationsSchema
>;
/** @public */
export type OrganizationCredentials = z.infer<
  typeof organizationCredentialsSchema
>;
/** @public */
export type OrganizationThrottling = z.infer<
  typeof organizationThrottlingSchema
>;
/** @public */
export type OperationsResponse = z.infer<typeof operationsResponseSchema>;
