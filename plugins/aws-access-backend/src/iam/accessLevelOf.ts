import { AccessLevel } from 'backstage-plugin-aws-access-common';
import { Access, accessOf, policyKey } from './accessOf';
import { grantsOf, PolicyDocument } from './grantsOf';
import { IamLevel, iamServiceNames } from './iamActions';
import { BILLING_SERVICES } from './managedPolicies';
import { reachOf } from './reachOf';
import { RecentResults } from './RecentResults';
import { Fact } from '../facts/Fact';

/** What a permission set allows, in one word. */
export interface AccessLevelVerdict {
  /** For display; `custom` where it is not known. */
  level: AccessLevel;
  /** For rules: only a level that we are sure of is known. */
  fact: Fact<AccessLevel>;
}

/**
 * Actions that alone make an administrator of whoever has them on every
 * resource, by giving rights or credentials.
 */
export const GRANTING_ACTIONS: readonly string[] = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
];

const WRITING: readonly IamLevel[] = [
  'Tagging',
  'Write',
  'Permissions management',
];

/** An instance of IAM Identity Center may have 3,500 permission sets (AWS's quota). */
const recent = new RecentResults<AccessLevelVerdict>(4000);

/**
 * Classifies a permission set by what its policies come to, whatever it is
 * called:
 *
 * - `admin`: gives itself any right, on every resource
 * - `power`: writes in more than half of AWS's services, on every resource
 * - `write`: writes anywhere
 * - `billing`: reaches services about money; elsewhere it writes nothing
 * - `read`: lists and reads
 *
 * Denials without conditions and a known permissions boundary count in its
 * favour; conditions do not. Customer managed policies live in the accounts, and
 * AWS has a thousand managed ones: what is not known may be anything, so that
 * the level is not known either, unless it is `admin` already.
 */
export function accessLevelOf(document: PolicyDocument): AccessLevelVerdict {
  return recent.getOrCompute(policyKey(document), () => classify(document));
}

function classify(document: PolicyDocument): AccessLevelVerdict {
  const grants = grantsOf(document);
  const granting = GRANTING_ACTIONS.map(
    action => reachOf(grants, action).extent,
  );
  if (granting.includes('everywhere')) return certain('admin');
  if (grants.unknown.length > 0) return uncertain(grants.unknown.join('; '));
  if (granting.includes('some')) {
    return uncertain('it gives rights or credentials to some');
  }
  return certain(levelOf(accessOf(document)));
}

function levelOf({ services, writableServices, grants }: Access): AccessLevel {
  if (writableServices > iamServiceNames().size / 2) return 'power';
  const isBilling = ({ access }: Access['services'][number]) =>
    BILLING_SERVICES.includes(access.service);
  const writes = services.filter(({ access }) =>
    access.levels.some(({ level }) => WRITING.includes(level)),
  );
  if (writes.some(service => !isBilling(service))) return 'write';
  if (writes.length > 0) return 'billing';
  if (grants.namedReads.length > 0) return 'read';
  if (services.length === 0) return 'custom';
  return services.every(isBilling) ? 'billing' : 'read';
}

function certain(level: AccessLevel): AccessLevelVerdict {
  return { level, fact: { known: true, value: level, source: 'its policies' } };
}

function uncertain(reason: string): AccessLevelVerdict {
  return { level: 'custom', fact: { known: false, reason } };
}
