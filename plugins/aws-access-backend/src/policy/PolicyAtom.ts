import { AccessLevel, Environment } from 'backstage-plugin-aws-access-common';
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
  accessLevel: Fact<AccessLevel>;
  permissionSetName: string;
  teamRef: string;
  temporary: boolean;
}
