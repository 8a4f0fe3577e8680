import { z } from 'zod';

/** Longest wait that a rule may ask for, in milliseconds: an hour. */
const MAXIMUM_WAIT_MS = 3_600_000;

const milliseconds = z.number().int().min(0).max(MAXIMUM_WAIT_MS);

/** Whether a fault strikes before the request had its effect, or after it, when only the answer is lost. */
const when = z.enum(['before', 'after']).default('before');

/** A pattern of a whole text, where `*` stands for any characters. */
const pattern = z.string().min(1).max(200);

const match = z.strictObject({
  /** `aws` or `graph`; both when absent. */
  cloud: z.enum(['aws', 'graph']).optional(),
  /** AWS: `sso-admin`, `identitystore`, ...; Graph: the first part of the path, such as `groups`, or `token`. */
  service: pattern.optional(),
  /** AWS: the operation, such as `List*`; Graph: method and path below the version, `POST /groups/*`. */
  operation: pattern.optional(),
  /** `read` or `write`; both when absent. */
  access: z.enum(['read', 'write']).optional(),
});

const fault = z.discriminatedUnion('type', [
  /** Too many requests, in the words of the service. Graph names the seconds to wait unless they are null. */
  z.strictObject({
    type: z.literal('throttle'),
    retryAfterSeconds: z.number().int().min(1).max(600).nullable().default(1),
  }),
  /** As `throttle`, but only for what exceeds so many matching requests a second. */
  z.strictObject({
    type: z.literal('rate'),
    perSecond: z.number().positive().max(10_000),
    retryAfterSeconds: z.number().int().min(1).max(600).nullable().default(1),
  }),
  /** The request waits, evenly spread between the two, before anything else happens. */
  z.strictObject({
    type: z.literal('latency'),
    minimumMs: milliseconds.default(0),
    maximumMs: milliseconds,
  }),
  /** A server's own failure. */
  z.strictObject({
    type: z.literal('error'),
    status: z.number().int().min(500).max(599).default(500),
    when,
  }),
  /** The connection ends without an answer. */
  z.strictObject({ type: z.literal('drop'), when }),
  /** A write to a permission set, group or user so soon after another one that AWS has not spread the first. */
  z.strictObject({
    type: z.literal('conflict'),
    withinMs: milliseconds.default(2000),
  }),
  /** The asynchronous operation that the request starts ends FAILED, and has no effect. */
  z.strictObject({
    type: z.literal('failOperation'),
    reason: z
      .string()
      .min(1)
      .max(1000)
      .default('Received a 500 status error: Internal Failure'),
  }),
  /** The asynchronous operation that the request starts takes longer. */
  z.strictObject({ type: z.literal('slowOperation'), ms: milliseconds }),
  /** A read does not see the writes of this many milliseconds. */
  z.strictObject({
    type: z.literal('staleRead'),
    ms: milliseconds.default(2000),
  }),
  /** An AWS list page holds at most so many rows, none with 0, and still says that there are more. */
  z.strictObject({
    type: z.literal('shortPage'),
    atMost: z.number().int().min(0).max(100).default(0),
  }),
  /** The caller's credentials or token have expired. */
  z.strictObject({ type: z.literal('expiredCredentials') }),
  /** The caller lacks the permission. */
  z.strictObject({ type: z.literal('missingPermission') }),
  /** Identity Center cannot use the customer's key: only sso-admin and identitystore have one. */
  z.strictObject({
    type: z.literal('kmsKey'),
    problem: z
      .enum(['accessDenied', 'notFound', 'throttled', 'disabled'])
      .default('accessDenied'),
  }),
]);

const rule = z.strictObject({
  /** Says in the log which rule it was; its number when absent. */
  name: z.string().min(1).max(100).optional(),
  match: match.default({}),
  /** Share of the matching requests that are struck, from 0 to 1. */
  probability: z.number().min(0).max(1).default(1),
  /** Matching requests that pass before the rule wakes up. */
  skip: z.number().int().min(0).default(0),
  /** How often the rule strikes at most; without limit when absent. */
  count: z.number().int().min(1).optional(),
  fault,
});

const limits = z
  .strictObject({
    ssoAdminRequestsPerSecond: z.number().positive(),
    identityStoreRequestsPerSecond: z.number().positive(),
    organizationsRequestsPerSecond: z.number().positive(),
    cloudTrailRequestsPerSecond: z.number().positive(),
    outstandingAssignmentOperations: z.number().int().positive(),
  })
  .partial();

/**
 * A weather as it is written in a file or sent to the admin endpoint: quotas and rules. The rules are asked in order;
 * waits and other conditions add up, and the first rule that refuses a request ends the matter.
 * @public
 */
export const weatherDocumentSchema = z.strictObject({
  name: z.string().min(1).max(100).default('custom'),
  /** The same seed and the same requests in the same order give the same faults. */
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
  /** Quotas other than those that the sandbox was started with. */
  limits: limits.default({}),
  rules: z.array(rule).max(100).default([]),
});

/**
 * A weather with every default filled in.
 * @public
 */
export type WeatherDocument = z.output<typeof weatherDocumentSchema>;

/**
 * A weather as people write it.
 * @public
 */
export type WeatherInput = z.input<typeof weatherDocumentSchema>;

/** One rule of a weather. */
export type WeatherRule = WeatherDocument['rules'][number];

/**
 * What a rule does to a request.
 * @public
 */
export type WeatherFault = WeatherRule['fault'];
