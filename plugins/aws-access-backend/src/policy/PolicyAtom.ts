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
  accountId: string;
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
  temporary: boolean;
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
