/**
 * The claim on the organization, or the step that was being worked on, is not
 * the caller's any more. Whoever gets it stops at once and touches nothing:
 * somebody else has the work, and looks at the clouds before it goes on
 * (security rules 20 and 21).
 */
export class FenceLostError extends Error {
  constructor(what: string) {
    super(`${what} is no longer held by this worker`);
    this.name = 'FenceLostError';
  }
}
