import { newPermissionSetArn, Plan } from 'backstage-plugin-aws-access-common';
import {
  accountAssignmentDocumentSchema,
  membershipDocumentSchema,
  scopeDocumentSchema,
} from '../objects/planDocuments';
import { PlanFacts } from '../facts/PlanFacts';

/**
 * What a plan does that touches no account: permission sets by their ARN, and
 * null for anything else, such as people in a group that has nothing. Pure.
 */
export function withoutAccounts(
  plan: Pick<Plan, 'gains' | 'losses' | 'adopts' | 'objects'>,
  facts: Pick<PlanFacts, 'groups' | 'holders'>,
): Array<string | null> {
  const done = plan.objects.filter(({ action }) => action !== 'untouched');
  const assignments = done
    .filter(({ kind }) => kind === 'accountAssignment')
    .map(({ before, after }) =>
      accountAssignmentDocumentSchema.parse(after ?? before),
    );
  const used = new Set([
    ...[...plan.gains, ...plan.losses, ...(plan.adopts ?? [])].map(
      atom => atom.permissionSetArn,
    ),
    ...assignments.map(({ permissionSetArn }) => permissionSetArn),
  ]);
  const carrying = new Set<string>();
  for (const { principal } of assignments) {
    if (principal.kind === 'accessGroup') carrying.add(principal.accessGroup);
  }
  for (const [id, { assignments: carried }] of facts.groups) {
    if (carried.length > 0) carrying.add(id);
  }

  const found = new Set<string | null>();
  for (const { kind, action, id, key, before, after } of done) {
    if (kind === 'permissionSet') {
      const arn = id ?? newPermissionSetArn(key);
      const isHeld =
        (action === 'change' || action === 'adopt') &&
        (facts.holders.get(arn)?.length ?? 0) > 0;
      if (isHeld) used.add(arn);
      if (!used.has(arn)) found.add(arn);
    }
    if (kind === 'accessGroup' && !carrying.has(key)) found.add(null);
    if (kind === 'membership') {
      const { accessGroup } = membershipDocumentSchema.parse(after ?? before);
      if (!carrying.has(accessGroup)) found.add(null);
    }
    if (kind === 'scope') {
      const scope = scopeDocumentSchema.parse(after);
      if (scope.accountIds.length === 0) found.add(scope.permissionSetArn);
    }
  }
  const isEmpty = used.size === 0 && found.size === 0;
  return isEmpty ? [null] : [...found];
}
