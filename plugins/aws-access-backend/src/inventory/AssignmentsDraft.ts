import { AccountAssignment } from '../clouds/AwsCloud';

/** An account that has a permission set. */
export interface AssignmentPair {
  accountId: string;
  permissionSetArn: string;
}

/**
 * What a reading has found so far of who is assigned where. It is kept beside
 * the picture that pages show, and takes its place as a whole.
 */
export interface AssignmentsDraft {
  /** Accounts that have a permission set; known ones are left as they are. */
  addPairs(permissionSetArn: string, accountIds: string[]): Promise<void>;
  countPairs(): Promise<number>;
  /** Assignments of pairs that are in the draft, or come to be. */
  addAssignments(assignments: AccountAssignment[]): Promise<void>;
  /**
   * Chooses pairs that are read whole: those without an assignment so far, and of
   * the others those that were read the longest ago. What is known of them so far
   * is forgotten, because they are asked later.
   *
   * @param share - of those with an assignment, from 0 to 1
   * @returns how many are chosen
   */
  choose(share: number): Promise<number>;
  /** The pairs that were chosen, one after the other. */
  chosen(): AsyncIterable<AssignmentPair>;
  /**
   * Takes the place of the picture before; users who were assigned to pairs that
   * were not chosen stay.
   *
   * @param readSince - when the reading began, ISO-8601
   * @throws Error when another reading has begun meanwhile
   */
  finish(readSince: string): Promise<void>;
}

/** Begins drafts. */
export interface AssignmentsDrafts {
  /** Drafts of the organization that were begun before are dropped. */
  begin(organizationId: string): Promise<AssignmentsDraft>;
}
