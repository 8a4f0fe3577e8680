/**
 * A fact that chooses rules or approvers, with where it is from; or why it is
 * not known. What is not known counts against the request (security rule 5).
 */
export type Fact<T> =
  | { known: true; value: T; source: string }
  | { known: false; reason: string };
