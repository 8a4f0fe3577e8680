/** The step cannot go on now, whatever a cloud would say of it. */
export class StepWaitError extends Error {
  readonly retryInMs: number;
  /** Operators have to look at it, and are told. */
  readonly isForOperators: boolean;
  /** A cloud's own words, where it waits for one; for operators. */
  readonly cloudMessage: string | undefined;

  constructor(
    plainWords: string,
    retryInMs: number,
    options: { isForOperators?: boolean; cloudMessage?: string } = {},
  ) {
    super(plainWords);
    this.name = 'StepWaitError';
    this.retryInMs = retryInMs;
    this.isForOperators = options.isForOperators ?? false;
    this.cloudMessage = options.cloudMessage;
  }
}
