import { Plan } from 'backstage-plugin-aws-access-common';
import {
  accessGroupDocumentSchema,
  AccountAssignmentDocument,
  accountAssignmentDocumentSchema,
  applicationAssignmentDocumentSchema,
  MembershipDocument,
  membershipDocumentSchema,
} from './objects/planDocuments';

type Action = Plan['objects'][number]['action'];

/** The objects of a plan with their documents read, for telling what it does. */
export class PlanObjectsReader {
  readonly #plan: Pick<Plan, 'objects' | 'people'>;

  constructor(plan: Pick<Plan, 'objects' | 'people'>) {
    this.#plan = plan;
  }

  of(kind: Plan['objects'][number]['kind'], action: Action) {
    return this.#plan.objects.filter(
      object => object.kind === kind && object.action === action,
    );
  }

  groups(action: Action) {
    return this.of('accessGroup', action).map(({ before, after }) =>
      accessGroupDocumentSchema.parse(after ?? before),
    );
  }

  assignments(action: Action): AccountAssignmentDocument[] {
    return this.of('accountAssignment', action).map(({ before, after }) =>
      accountAssignmentDocumentSchema.parse(after ?? before),
    );
  }

  /** Names of people by the name of the group. */
  memberships(action: Action): Map<string, string[]> {
    const byGroup = new Map<string, string[]>();
    for (const { before, after } of this.of('membership', action)) {
      const { accessGroup, entraUserId }: MembershipDocument =
        membershipDocumentSchema.parse(after ?? before);
      const name = this.groupName(accessGroup);
      byGroup.set(name, [
        ...(byGroup.get(name) ?? []),
        this.personName(entraUserId),
      ]);
    }
    return byGroup;
  }

  groupName(groupKey: string): string {
    const object = this.#plan.objects.find(
      ({ kind, key }) => kind === 'accessGroup' && key === groupKey,
    );
    return object
      ? accessGroupDocumentSchema.parse(object.after ?? object.before)
          .displayName
      : groupKey;
  }

  /** The name of the group that an assignment is of; empty where it is of none. */
  groupNameOf(document: unknown): string {
    const assignment = accountAssignmentDocumentSchema.safeParse(document);
    const principal = assignment.data?.principal;
    if (principal) {
      return principal.kind === 'accessGroup'
        ? this.groupName(principal.accessGroup)
        : '';
    }
    const place = applicationAssignmentDocumentSchema.safeParse(document);
    return place.success ? this.groupName(place.data.accessGroup) : '';
  }

  personName(entraUserId: string): string {
    return (
      this.#plan.people.find(person => person.entraUserId === entraUserId)
        ?.displayName ?? entraUserId
    );
  }
}
