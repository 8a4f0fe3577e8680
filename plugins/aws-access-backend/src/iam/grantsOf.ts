import { PermissionSetDocument } from '../clouds/AwsCloud';
import { PolicyStatement } from './parsePolicy';
import { actionPattern, servicesOf } from './ActionPattern';
import { describedGrant, Grant, isFinalDenial, statementGrant } from './Grant';
import { iamService } from './iamActions';
import { managedPolicy } from './managedPolicies';
import { readStatements } from './readStatements';

/** The parts of a permission set that say what it allows. */
export type PolicyDocument = Pick<
  PermissionSetDocument,
  | 'managedPolicies'
  | 'customerManagedPolicies'
  | 'inlinePolicy'
  | 'permissionsBoundary'
>;

/** What the policies of a permission set say, and what of them is not known. */
export interface Grants {
  allows: Grant[];
  denies: Grant[];
  /** Null: none, or none whose text is known; it only ever takes away. */
  boundary: Grant[] | null;
  /** Names of policies that look at services which are not known. */
  namedReads: string[];
  /** Why not all is known, in parts of sentences. */
  unknown: string[];
  /** Names of policies of which only AWS's description is known. */
  described: string[];
  /** What is denied for good, as the policy writes it. */
  denied: string[];
  /** The permissions boundary, where its text is not known. */
  unreadBoundary: string | null;
}

/** Reads what the policies of a permission set allow and deny. Pure. */
export function grantsOf(document: PolicyDocument): Grants {
  const grants: Grants = {
    allows: [],
    denies: [],
    boundary: null,
    namedReads: [],
    unknown: [],
    described: [],
    denied: [],
    unreadBoundary: null,
  };
  for (const { arn, name } of document.managedPolicies) {
    const known = managedPolicy(arn);
    if (!known) {
      grants.unknown.push(`we do not know the managed policy ${name}`);
      continue;
    }
    grants.allows.push(...known.grants);
    if (known.grants.length === 0) grants.namedReads.push(name);
    else if (known.grants.some(grant => grant.isApproximate)) {
      grants.described.push(name);
    }
  }
  for (const { name } of document.customerManagedPolicies) {
    grants.unknown.push(
      `the customer managed policy ${name} lives in the accounts`,
    );
  }
  if (document.inlinePolicy !== null) {
    readInlinePolicy(document.inlinePolicy, grants);
  }
  readBoundary(document.permissionsBoundary, grants);
  return grants;
}

/** Actions of the statement that allows them which the data set does not have. */
export function unknownActionsOf(statement: PolicyStatement): string[] {
  if (statement.Effect === 'Deny') return [];
  return (statement.Action ?? []).filter(text => {
    const pattern = actionPattern(text);
    for (const service of servicesOf(pattern)) {
      const reach = pattern.reachIn(service);
      if (reach === 'every') return false;
      if (reach === 'none') continue;
      for (const action of iamService(service)!.keys()) {
        if (reach(action)) return false;
      }
    }
    return true;
  });
}

function readInlinePolicy(text: string, grants: Grants): void {
  let statements: PolicyStatement[];
  try {
    statements = readStatements(text);
  } catch (error) {
    grants.unknown.push(`its inline policy is ${(error as Error).message}`);
    return;
  }
  for (const statement of statements) {
    const grant = statementGrant(statement);
    if (statement.Effect === 'Allow') {
      grants.allows.push(grant);
      continue;
    }
    grants.denies.push(grant);
    if (isFinalDenial(grant)) grants.denied.push(...patternsOf(statement));
  }
  const missing = [...new Set(statements.flatMap(unknownActionsOf))].sort();
  if (missing.length > 0) {
    grants.unknown.push(
      `its inline policy allows ${missing
        .slice(0, 5)
        .join(', ')}, which our list of AWS's actions does not have`,
    );
  }
}

function patternsOf({ Action, NotAction }: PolicyStatement): string[] {
  return Action ?? [`everything but ${NotAction!.join(', ')}`];
}

/** A boundary that is not known counts for nothing: it may take nothing away. */
function readBoundary(
  boundary: PolicyDocument['permissionsBoundary'],
  grants: Grants,
): void {
  if (!boundary) return;
  if (!('managedPolicyArn' in boundary)) {
    grants.unreadBoundary = boundary.customerManagedPolicy.name;
    return;
  }
  const { managedPolicyArn } = boundary;
  const known = managedPolicy(managedPolicyArn);
  if (!known) {
    grants.unreadBoundary = managedPolicyArn.split('/').pop()!;
    return;
  }
  grants.boundary =
    known.grants.length > 0
      ? known.grants
      : // It reads; at most it reads everything.
        [describedGrant('all', ['List', 'Read'])];
}
