/** An error whose message says everything: shown to people without a stack. */
export class ExpectedError extends Error {
  expected = true;
}
