/** The step cannot go on now, through no fault of a cloud. */
export class StepWaitError extends Error {
  readonly retryInMs: number;
  /** Operators have to look at it, and are told. */
  readonly isForOperators: boolean;

  constructor(
    plainWords: string,
    retryInMs: number,
    options: { isForOperators?: boolean } = {},
  ) {
    super(plainWords);
    this.name = 'StepWaitError';
    this.retryInMs = retryInMs;
    this.isForOperators = options.isForOperators ?? false;
  }
}
