import { AccessLevel } from 'backstage-plugin-aws-access-common';
import { RE2JS } from 're2js';
import { PermissionSetDocument } from '../clouds/AwsCloud';
import { Fact } from './Fact';
import { isEveryAction, parsePolicy, PolicyStatement } from './parsePolicy';

/** What a permission set allows, in one word. */
export interface AccessLevelVerdict {
  /** For display; `custom` where it is not known. */
  level: AccessLevel;
  /** For rules: only a level that we are sure of is known. */
  fact: Fact<AccessLevel>;
}

/**
 * AWS managed policies whose reach we know, by the part of the ARN after
 * `policy/`. AWS keeps their meaning; the list is of AWS's "job function" page
 * and of the policies that a permission set usually carries.
 */
const MANAGED: Readonly<Record<string, AccessLevel>> = {
  AdministratorAccess: 'admin',
  IAMFullAccess: 'admin',
  PowerUserAccess: 'power',
  ReadOnlyAccess: 'read',
  SecurityAudit: 'read',
  'job-function/ViewOnlyAccess': 'read',
  'job-function/Billing': 'billing',
  AWSBillingReadOnlyAccess: 'billing',
  'job-function/DatabaseAdministrator': 'write',
  'job-function/DataScientist': 'write',
  'job-function/NetworkAdministrator': 'write',
  'job-function/SystemAdministrator': 'write',
  'job-function/SupportUser': 'write',
};

const READS =
  /^[a-z0-9-]+:(get|list|describe|batchget|lookup|view|search|head|query|scan|select|filter|read)/i;

/**
 * Actions that alone make an administrator of whoever has them on every
 * resource, by giving rights or credentials.
 */
const GRANTING: readonly string[] = [
  'iam:addusertogroup',
  'iam:attachgrouppolicy',
  'iam:attachrolepolicy',
  'iam:attachuserpolicy',
  'iam:createaccesskey',
  'iam:createloginprofile',
  'iam:createpolicyversion',
  'iam:putgrouppolicy',
  'iam:putrolepolicy',
  'iam:putuserpolicy',
  'iam:setdefaultpolicyversion',
  'iam:updateassumerolepolicy',
  'iam:updateloginprofile',
];

/** From the strongest; the strongest part of a permission set names it. */
const STRENGTH: readonly AccessLevel[] = [
  'admin',
  'power',
  'write',
  'billing',
  'read',
];

/**
 * Classifies a permission set by its policies. Customer managed policies live
 * in the accounts, and AWS has a thousand managed ones: what is not recognised
 * is not known, whatever the permission set is called. A permissions boundary
 * is not counted in its favour.
 */
export function accessLevelOf(
  document: Pick<
    PermissionSetDocument,
    'managedPolicies' | 'customerManagedPolicies' | 'inlinePolicy'
  >,
): AccessLevelVerdict {
  const levels: AccessLevel[] = [];
  const unknown: string[] = [];

  for (const { arn, name } of document.managedPolicies) {
    const level = managedLevel(arn);
    if (level) levels.push(level);
    else unknown.push(`we do not know the managed policy ${name}`);
  }
  for (const { name } of document.customerManagedPolicies) {
    unknown.push(`the customer managed policy ${name} lives in the accounts`);
  }
  if (document.inlinePolicy) {
    try {
      for (const statement of parsePolicy(document.inlinePolicy)) {
        const level = statementLevel(statement);
        if (level === 'unknown') {
          unknown.push('its inline policy allows by exclusion or too widely');
        } else if (level) levels.push(level);
      }
    } catch (error) {
      unknown.push(`its inline policy is ${(error as Error).message}`);
    }
  }

  const strongest = STRENGTH.find(level => levels.includes(level));
  // Nothing is stronger than admin, so the rest does not matter then.
  if (unknown.length > 0 && strongest !== 'admin') {
    return {
      level: 'custom',
      fact: { known: false, reason: unknown.join('; ') },
    };
  }
  const level = strongest ?? 'custom';
  return { level, fact: { known: true, value: level, source: 'its policies' } };
}

function managedLevel(arn: string): AccessLevel | undefined {
  const [, path] = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  if (!path) return undefined;
  if (Object.hasOwn(MANAGED, path)) return MANAGED[path];
  // AWS names its read-only policies by this ending.
  return /ReadOnlyAccess$/.test(path) ? 'read' : undefined;
}

function statementLevel(
  statement: PolicyStatement,
): AccessLevel | 'unknown' | undefined {
  if (statement.Effect === 'Deny') return undefined;
  const actions = statement.Action;
  if (!actions || statement.NotAction) return 'unknown';
  if (actions.some(isEveryAction)) {
    return isEverywhere(statement) ? 'admin' : 'unknown';
  }
  if (actions.every(action => READS.test(action))) return 'read';
  if (actions.some(action => /^iam:\*$/i.test(action))) return 'admin';
  if (actions.some(grantsRights))
    return isEverywhere(statement) ? 'admin' : 'unknown';
  return 'write';
}

function isEverywhere({ Resource }: PolicyStatement): boolean {
  return Resource?.some(resource => /^\*+$/.test(resource)) ?? false;
}

/** True when the pattern allows an action by which one gives oneself any right. */
function grantsRights(pattern: string): boolean {
  const matcher = RE2JS.compile(
    pattern
      .toLowerCase()
      .split(/([*?])/)
      .map(toExpression)
      .join(''),
  );
  return GRANTING.some(action => matcher.matches(action));
}

function toExpression(part: string): string {
  if (part === '*') return '.*';
  return part === '?' ? '.' : RE2JS.quote(part);
}
