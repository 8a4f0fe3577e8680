import {
  ParsedCheckPermissionSetInput,
  PermissionSetCheck,
  Problem,
} from 'backstage-plugin-aws-access-common';
import { effectiveAccess } from '../iam/effectiveAccess';
import { unknownActionsOf } from '../iam/grantsOf';
import { readStatements } from '../iam/readStatements';
import { findDocumentProblems } from '../planning/problems/findPermissionSetProblems';
import { planPermissionSet } from '../planning/objects/planPermissionSet';
import { findSetFindings } from './findSetFindings';
import { policySize } from './policySize';

/** Says what there is to say about a permission set that is being written. Pure. */
export function checkPermissionSet({
  document: wish,
}: ParsedCheckPermissionSetInput): PermissionSetCheck {
  const change = {
    kind: 'permissionSet' as const,
    key: 'checked',
    document: { ...wish, name: wish.name || 'It' },
  };
  const { arn, document } = planPermissionSet(change, new Map()).set;
  return {
    problems: [
      ...findDocumentProblems(change, 'document'),
      ...findUnknownActions(document.inlinePolicy),
    ],
    findings: findSetFindings(arn, document),
    size: policySize(document.inlinePolicy),
    effectiveAccess: effectiveAccess(document),
  };
}

/** AWS takes any name of an action, also one that it does not have. */
function findUnknownActions(inlinePolicy: string | null): Problem[] {
  const unknown = new Set<string>();
  try {
    for (const statement of readStatements(inlinePolicy ?? '')) {
      unknownActionsOf(statement).forEach(action => unknown.add(action));
    }
  } catch {
    // What cannot be read is a problem already.
  }
  return [...unknown].sort().map(action => ({
    path: 'document.inlinePolicy',
    message: `AWS's list of actions has none that is '${action}'.`,
    fix: 'Look for a slip of the pen. If AWS has added it lately, what it allows counts as unknown.',
  }));
}
