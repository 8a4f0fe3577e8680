import { Plan } from 'backstage-plugin-aws-access-common';
import {
  accessGroupDocumentSchema,
  membershipDocumentSchema,
  scopeDocumentSchema,
} from '../planning/objects/planDocuments';

/** Who benefits from a request: they decide on nothing of it. */
export interface Beneficiaries {
  entityRefs: ReadonlySet<string>;
  entraUserIds: ReadonlySet<string>;
}

/**
 * Everybody who benefits, under any identity: the requester, who filed it, and
 * everybody whose access grows (security rule 6). Who is put into a group
 * benefits also where they have the same by another way, and who is in a group
 * with a scope by the accounts that come to it later.
 */
export function beneficiariesOf(
  requesters: Array<{ userRef: string; entraUserId: string | null }>,
  plan: Pick<Plan, 'gains' | 'people' | 'objects'>,
): Beneficiaries {
  const entraUserIds = new Set([
    ...plan.gains.map(atom => atom.entraUserId),
    ...joiningIds(plan),
  ]);
  const entityRefs = new Set(requesters.map(({ userRef }) => userRef));
  for (const person of plan.people) {
    if (person.entityRef && entraUserIds.has(person.entraUserId)) {
      entityRefs.add(person.entityRef);
    }
  }
  for (const { entraUserId } of requesters) {
    if (entraUserId) entraUserIds.add(entraUserId);
  }
  return { entityRefs, entraUserIds };
}

/** True when one of the person's identities benefits. */
export function isBeneficiary(
  person: { userRef: string; entraUserId: string | null },
  beneficiaries: Beneficiaries,
): boolean {
  return (
    beneficiaries.entityRefs.has(person.userRef) ||
    (person.entraUserId !== null &&
      beneficiaries.entraUserIds.has(person.entraUserId))
  );
}

function joiningIds({ objects }: Pick<Plan, 'objects'>): string[] {
  return objects.flatMap(({ kind, action, after }) => {
    if (action !== 'create') return [];
    if (kind === 'membership') {
      return [membershipDocumentSchema.parse(after).entraUserId];
    }
    if (kind !== 'scope') return [];
    const { accessGroup } = scopeDocumentSchema.parse(after);
    const groups = objects.filter(
      object => object.kind === 'accessGroup' && object.key === accessGroup,
    );
    return groups.flatMap(
      group => accessGroupDocumentSchema.parse(group.after).memberIds,
    );
  });
}
