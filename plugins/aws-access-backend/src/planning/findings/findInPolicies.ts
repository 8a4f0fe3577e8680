import { Finding } from 'backstage-plugin-aws-access-common';
import { PolicyStatement } from '../../iam/parsePolicy';
import { actionsOf } from '../../iam/actionsOf';
import { IamAction, IamLevel } from '../../iam/iamActions';
import { readStatements } from '../../iam/readStatements';
import { countLabel, listLabel } from '../../wording/labels';
import { SetFindingKind, GivenPermissionSet } from './FindingsContext';
import { unique } from '../unique';

const READS: readonly IamLevel[] = ['List', 'Read'];

/** Actions by which what is in an account becomes others' to use. */
const SHARING: ReadonlySet<string> = new Set([
  'ec2:ModifyImageAttribute',
  'ec2:ModifySnapshotAttribute',
  'ecr:SetRepositoryPolicy',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'lambda:AddPermission',
  'ram:CreateResourceShare',
  'rds:ModifyDBClusterSnapshotAttribute',
  'rds:ModifyDBSnapshotAttribute',
  's3:PutBucketAcl',
  's3:PutBucketPolicy',
  's3:PutObjectAcl',
  'secretsmanager:PutResourcePolicy',
  'sns:AddPermission',
  'sqs:AddPermission',
]);

/**
 * How the inline policy is written: what is wider than it may be meant. AWS
 * writes its managed policies so as well, and there it is no news; nor is it
 * where the whole comes to everything.
 */
export const findInPolicies: SetFindingKind = ({ given }) =>
  given
    .filter(({ level }) => level.level !== 'admin')
    .flatMap(set => findInInlinePolicy(set));

function findInInlinePolicy(set: GivenPermissionSet): Finding[] {
  const statements = allowsOf(set.document.inlinePolicy);
  const find = (kind: string, severity: 'low' | 'medium', title: string) => {
    return (reason: string): Finding => ({
      id: `${kind}/${set.arn}`,
      severity,
      title,
      reason,
    });
  };
  const findings: Finding[] = [];

  if (statements.some(statement => statement.NotAction)) {
    findings.push(
      find(
        'allows-by-exclusion',
        'medium',
        'Allows all but some actions',
      )(
        `A statement of ${set.label} allows everything that it does not name, also what AWS adds later.`,
      ),
    );
  }
  const wild = unique(
    statements.flatMap(({ Action }) => (Action ?? []).filter(isWholeService)),
  ).sort();
  if (wild.length > 0) {
    findings.push(
      find(
        'wildcard-actions',
        'low',
        'Whole services',
      )(
        `${set.label} allows ${listLabel(
          wild,
        )}: all there is, also what AWS adds later.`,
      ),
    );
  }
  const everywhere = statements.filter(isOnEveryResource);
  const writing = actionsOf(everywhere, writesOnResources);
  if (writing.length > 0) {
    findings.push(
      find(
        'wildcard-resources',
        'low',
        'Writes to every resource',
      )(
        `${set.label} allows ${countLabel(
          writing.length,
          'action that writes',
          'actions that write',
        )} on every resource, though AWS lets the resources be named: ${listLabel(
          writing,
        )}.`,
      ),
    );
  }
  const sharing = actionsOf(everywhere).filter(action => SHARING.has(action));
  if (sharing.length > 0) {
    findings.push(
      find(
        'external-sharing',
        'medium',
        'Could share with the outside',
      )(
        `With ${
          set.label
        } one could open what is in the account to others: ${listLabel(
          sharing,
        )}.`,
      ),
    );
  }
  return findings;
}

/** Statements that allow; none of a policy that cannot be read, which is a finding of its own. */
function allowsOf(inlinePolicy: string | null): PolicyStatement[] {
  if (inlinePolicy === null) return [];
  try {
    return readStatements(inlinePolicy).filter(
      ({ Effect }) => Effect === 'Allow',
    );
  } catch {
    return [];
  }
}

function isWholeService(action: string): boolean {
  return /(^|:)\*+$/.test(action);
}

function isOnEveryResource({ Resource }: PolicyStatement): boolean {
  return !Resource || Resource.some(resource => /^\*+$/.test(resource));
}

function writesOnResources({ hasResources, level }: IamAction): boolean {
  return hasResources && !READS.includes(level);
}
