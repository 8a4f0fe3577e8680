import { Plan } from 'backstage-plugin-aws-access-common';

/** Who benefits from a request: they decide on nothing of it. */
export interface Beneficiaries {
  entityRefs: ReadonlySet<string>;
  entraUserIds: ReadonlySet<string>;
}

/**
 * Everybody who benefits, under any identity: the requester, who filed it, and
 * everybody whose access grows (security rule 6).
 */
export function beneficiariesOf(
  requesters: Array<{ userRef: string; entraUserId: string | null }>,
  plan: Pick<Plan, 'gains' | 'people'>,
): Beneficiaries {
  const entraUserIds = new Set(plan.gains.map(atom => atom.entraUserId));
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
