import {
  AccessLevel,
  Environment,
  Severity,
} from 'backstage-plugin-aws-access-common';
import { Fact } from '../facts/Fact';

/**
 * One effect of a plan as the rules see it. Facts are three-valued: what is not
 * known matches every rule but those with autoApprove (security rule 5).
 */
export interface PolicyAtom {
  /** Null = it touches no account: conditions about accounts do not match. */
  accountId: string | null;
  environment: Fact<Environment>;
  /** Refs of users and groups. */
  owners: Fact<string[]>;
  /** Of the catalog systems and components in the account. */
  systemOwners: Fact<string[]>;
  accessLevel: Fact<AccessLevel>;
  /** From the outermost to the one that holds the account. */
  organizationalUnits: Fact<Array<{ id: string; name: string }>>;
  /** Of the account. One that is missing is not known: nobody said. */
  tags: Record<string, string>;
  permissionSetName: string;
  teamRef: string;
  /**
   * Whether access begins, ends, or neither. A loss has no span, so nothing
   * about spans is asked of it. Default: gain.
   */
  effect?: 'gain' | 'loss' | 'none';
  /** Whether it has an end; null = it has no span. */
  temporary: boolean | null;
  /**
   * What a permission set that changes, or is adopted, allows its holders now. A
   * longest span that it exceeds already is not exceeded by that.
   */
  accessLevelBefore?: Fact<AccessLevel>;
  /** Kinds of all changes of the request. */
  changeKinds: string[];
  /** Something acted for the person who filed it. */
  filedByActor: boolean;
  findings: {
    worst: Severity | null;
    /** False where something that would make findings is not known. */
    isComplete: boolean;
  };
}
