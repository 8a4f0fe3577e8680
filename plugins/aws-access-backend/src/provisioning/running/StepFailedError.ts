/** The step cannot go on at all without a person; the message is for people. */
export class StepFailedError extends Error {
  constructor(plainWords: string) {
    super(plainWords);
    this.name = 'StepFailedError';
  }
}
