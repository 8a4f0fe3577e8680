import { z } from 'zod';

/**
 * Codes of what the audit log records, by what they are about. A log may hold rows
 * of other versions, with codes that are not among them.
 *
 * @public
 */
export const AUDIT_KINDS = [
  'request.filed',
  'request.approved',
  'request.narrowed',
  'request.alternatesAsked',
  'request.rejected',
  'request.denied',
  'request.withdrawn',
  'request.lapsed',
  'request.commented',
  'request.returnedToPending',
  'request.start-refused',
  'request.stateChanged',
  'request.stuck',
  'request.retried',
  'request.returned',
  'request.expired',
  'cloud.write-confirmed',
  'cloud.write-abandoned',
  'cloud.write-unfenced',
  'access.adopted',
  'lease.begun',
  'lease.taken-away',
  'lease.removed',
  'mandate.begun',
  'mandate.used',
  'mandate.asked',
  'mandate.left',
  'mandate.held',
  'mandate.released',
  'follow-up.started',
  'follow-up.not-started',
  'operations.writes-stopped',
  'operations.writes-resumed',
  'operations.writes-go-on',
  'organization.held',
  'organization.released',
] as const;

/** @public */
export type AuditKind = (typeof AUDIT_KINDS)[number];

/**
 * One row of the append-only, hash-chained audit log. It holds refs, ids and
 * digests, never what a person typed.
 *
 * @public
 */
export const auditEventSchema = z.object({
  organizationId: z.string(),
  sequence: z.number().int(),
  at: z.string(),
  kind: z.string(),
  actor: z.string().nullable(),
  requestId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});

/** @public */
export const auditResponseSchema = z.object({
  items: z.array(auditEventSchema),
  nextCursor: z.string().nullable(),
});

/** @public */
export const auditVerificationSchema = z.object({
  organizationId: z.string(),
  /** `consistent`: every row follows from the one before it. */
  verdict: z.enum(['consistent', 'broken']),
  rows: z.number().int(),
  head: z.object({ sequence: z.number().int(), hash: z.string() }).nullable(),
  /** Sequence of the first row that does not follow, and what is wrong with it. */
  brokenAt: z.number().int().nullable(),
  reason: z.string().nullable(),
});

/** @public */
export type AuditEvent = z.infer<typeof auditEventSchema>;
/** @public */
export type AuditResponse = z.infer<typeof auditResponseSchema>;
/** @public */
export type AuditVerification = z.infer<typeof auditVerificationSchema>;
