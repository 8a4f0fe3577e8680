/** The step cannot go on now, through no fault of a cloud. */
export class StepWaitError extends Error {
  readonly retryInMs: number;

  constructor(plainWords: string, retryInMs: number) {
    super(plainWords);
    this.name = 'StepWaitError';
    this.retryInMs = retryInMs;
  }
}
