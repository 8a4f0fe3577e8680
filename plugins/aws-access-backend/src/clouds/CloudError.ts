/**
 * What went wrong, as far as the caller's next step is concerned:
 *
 * - `retryLater`: throttled, a conflict with a write that has not propagated, or
 *   a fault on the cloud's side; the same call may succeed soon.
 * - `notFound`: the object is not there (or not there yet).
 * - `credentials`: the cloud does not take the credentials, whatever is asked with
 *   them. It says nothing of the call: the same one may succeed once whoever runs
 *   the portal has put them right.
 * - `permanent`: the cloud refused the input, or does not let the caller do this;
 *   repeating the call unchanged cannot help.
 */
export type CloudErrorKind =
  | 'retryLater'
  | 'notFound'
  | 'credentials'
  | 'permanent';

/**
 * The only error that leaves `clouds/`. Errors are classified once, where the
 * cloud's own codes are known.
 */
export class CloudError extends Error {
  readonly kind: CloudErrorKind;
  readonly cloud: 'aws' | 'entra';
  readonly operation: string;
  /** The cloud's own error code, e.g. `ConflictException`. */
  readonly code: string;
  /** The cloud's own words; for operators, not for everybody. */
  readonly cloudMessage: string;
  /** What the cloud asked us to wait, where it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(options: {
    kind: CloudErrorKind;
    cloud: 'aws' | 'entra';
    operation: string;
    code: string;
    cloudMessage: string;
    /** What happened and why, in plain words. */
    plainWords: string;
    retryAfterMs?: number;
    cause?: unknown;
  }) {
    super(options.plainWords, { cause: options.cause });
    this.name = 'CloudError';
    this.kind = options.kind;
    this.cloud = options.cloud;
    this.operation = options.operation;
    this.code = options.code;
    this.cloudMessage = options.cloudMessage;
    this.retryAfterMs = options.retryAfterMs;
  }
}
