import {
  ChangeOf,
  countPolicyCharacters,
  MOST_INLINE_POLICY_CHARACTERS,
  MOST_POLICIES,
  Problem,
} from 'backstage-plugin-aws-access-common';
import { parsePolicy } from '../../iam/parsePolicy';
import { foldName } from '../names/foldName';
import { PlanContext } from '../PlanContext';
import { PlanFacts } from '../facts/PlanFacts';
import { whyHoldersAreProtected } from './findRemovedSetProblems';
import { isProtectedPermissionSet } from './protectedReason';

/** AWS's quota of permission sets in an instance. */
const MOST_PERMISSION_SETS = 3500;
/** AWS's limit on the whole text of an inline policy. */
const MOST_INLINE_POLICY_BYTES = 32_768;

type ProblemText = Omit<Problem, 'path'>;

/** What is wrong with permission sets that a request makes or changes. Pure. */
export function findPermissionSetProblems(context: PlanContext): Problem[] {
  const { facts } = context;
  const changes = context.changesOf('permissionSet');
  const created = changes.filter(({ change }) => !change.arn);
  const problems = changes.flatMap(({ change, index }): Problem[] => {
    const path = `changes.${index}`;
    const others = created
      .filter(other => other.change !== change)
      .map(other => foldName(other.change.document.name));
    const identity = change.arn
      ? whyNotChangeable(change, change.arn, context)
      : whyNameTaken(change, others, facts);
    return [
      ...(identity
        ? [
            {
              path: change.arn ? `${path}.arn` : `${path}.document.name`,
              ...identity,
            },
          ]
        : []),
      ...findDocumentProblems(change, `${path}.document`),
    ];
  });
  const count = facts.permissionSetNames.size + created.length;
  if (created.length > 0 && count > MOST_PERMISSION_SETS) {
    problems.push({
      path: `changes.${created[0].index}`,
      message: `The instance would have ${count} permission sets; AWS allows ${MOST_PERMISSION_SETS}.`,
      fix: 'Use a permission set that exists, or have some removed that nobody needs.',
    });
  }
  return problems;
}

function whyNameTaken(
  { document: { name } }: ChangeOf<'permissionSet'>,
  others: string[],
  facts: PlanFacts,
): ProblemText | undefined {
  if (isProtectedPermissionSet({ arn: '', name }, facts.config)) {
    return {
      message: `The name ${name} is protected by the configuration.`,
      fix: 'Choose another name.',
    };
  }
  const folded = foldName(name);
  if (facts.reservedSetNames.has(folded)) {
    return {
      message: `Another request that is under way makes a permission set named like ${name}.`,
      fix: 'Choose another name, or wait until that request is done and use its permission set.',
    };
  }
  return facts.permissionSetNames.has(folded) || others.includes(folded)
    ? {
        message: `There is a permission set named like ${name} already, and people would take one for the other.`,
        fix: 'Choose another name, or change the one that exists.',
      }
    : undefined;
}

function whyNotChangeable(
  { document }: ChangeOf<'permissionSet'>,
  arn: string,
  context: PlanContext,
): ProblemText | undefined {
  const { facts } = context;
  const set = facts.permissionSets.get(arn)?.set;
  if (!set) {
    return {
      message: `The organization has no permission set ${arn}.`,
      fix: 'Choose one from the list; if it is new, refresh the inventory first.',
    };
  }
  if (isProtectedPermissionSet(set, facts.config)) {
    return {
      message: `The permission set ${set.name} is protected: no request changes it.`,
      fix: 'Choose another permission set.',
    };
  }
  if (document.name !== set.name) {
    return {
      message: `AWS cannot rename a permission set, and this one is named ${set.name}.`,
      fix: `Keep the name ${set.name}, or ask for a new permission set.`,
    };
  }
  const isRemoved = context
    .changesOf('removePermissionSet')
    .some(({ change }) => change.permissionSet.arn === arn);
  if (isRemoved) {
    return {
      message: `The same request removes the permission set ${set.name}.`,
      fix: 'Leave one of the two out.',
    };
  }
  const isTwice =
    context.changesOf('permissionSet').filter(other => other.change.arn === arn)
      .length > 1;
  if (isTwice) {
    return {
      message: `The request says twice how the permission set ${set.name} shall be.`,
      fix: 'Leave one of the two out.',
    };
  }
  return whyHoldersAreProtected(set, facts);
}

/** What AWS would not take in the document, whichever permission set it is of. Pure. */
export function findDocumentProblems(
  { document }: Pick<ChangeOf<'permissionSet'>, 'document'>,
  path: string,
): Problem[] {
  const problems: Problem[] = [];
  const policies =
    document.managedPolicies.length + document.customerManagedPolicies.length;
  if (policies > MOST_POLICIES) {
    problems.push({
      path: `${path}.managedPolicies`,
      message: `It has ${policies} managed policies; AWS allows ${MOST_POLICIES} of both kinds together.`,
      fix: 'Leave some out, or put what they allow into the inline policy.',
    });
  }
  const { inlinePolicy } = document;
  if (inlinePolicy === null) return problems;
  const characters = countPolicyCharacters(inlinePolicy);
  const bytes = Buffer.byteLength(inlinePolicy, 'utf8');
  if (
    characters > MOST_INLINE_POLICY_CHARACTERS ||
    bytes > MOST_INLINE_POLICY_BYTES
  ) {
    problems.push({
      path: `${path}.inlinePolicy`,
      message: `The inline policy has ${characters} characters without white space and ${bytes} bytes; AWS allows ${MOST_INLINE_POLICY_CHARACTERS} and ${MOST_INLINE_POLICY_BYTES}.`,
      fix: 'Make it shorter, or use customer managed policies.',
    });
    return problems;
  }
  try {
    parsePolicy(inlinePolicy);
  } catch (error) {
    problems.push({
      path: `${path}.inlinePolicy`,
      message: `The inline policy is ${(error as Error).message}.`,
      fix: 'Correct it: an approver must read in it what AWS does.',
    });
  }
  return problems;
}
