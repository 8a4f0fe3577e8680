import {
  newPermissionSetArn,
  Plan,
  PlanObject,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import {
  accessGroupDocumentSchema,
  accountAssignmentDocumentSchema,
  applicationAssignmentDocumentSchema,
  membershipDocumentSchema,
  permissionSetDocumentSchema,
} from '../../planning/objects/planDocuments';
import {
  AssignmentTarget,
  StepMember,
  StepPrincipal,
} from '../steps/stepInputs';

type Kind = PlanObject['kind'];
type Document<Schema extends z.ZodType> = {
  object: PlanObject;
  /** What it is or will be; for a removal what it was. */
  document: z.infer<Schema>;
};

/** An assignment of a plan, with names for people. */
export type PlannedAssignment = AssignmentTarget & { principal: StepPrincipal };

/**
 * A plan as provisioning reads it: its objects by kind, with parsed documents.
 * Pure.
 *
 * @throws Error when the plan's documents are not what provisioning knows
 */
export class ReadPlan {
  readonly groups: Array<Document<typeof accessGroupDocumentSchema>>;
  readonly memberships: Array<Document<typeof membershipDocumentSchema>>;
  readonly applicationAssignments: Array<
    Document<typeof applicationAssignmentDocumentSchema>
  >;
  readonly permissionSets: Array<Document<typeof permissionSetDocumentSchema>>;
  readonly assignments: Array<{
    object: PlanObject;
    document: PlannedAssignment;
  }>;
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
    const of = <Schema extends z.ZodType>(kind: Kind, schema: Schema) =>
      plan.objects
        .filter(object => object.kind === kind)
        .map(
          (object): Document<Schema> => ({
            object,
            document: schema.parse(
              object.action === 'remove' ? object.before : object.after,
            ) as z.infer<Schema>,
          }),
        );
    this.groups = of('accessGroup', accessGroupDocumentSchema);
    this.memberships = of('membership', membershipDocumentSchema);
    this.applicationAssignments = of(
      'applicationAssignment',
      applicationAssignmentDocumentSchema,
    );
    this.permissionSets = of('permissionSet', permissionSetDocumentSchema);
    this.assignments = of(
      'accountAssignment',
      accountAssignmentDocumentSchema,
    ).map(({ object, document }) => ({
      object,
      document: this.#nameAssignment(document),
    }));
  }

  /** @throws Error when the plan has no such group */
  group(key: string) {
    const group = this.groups.find(({ object }) => object.key === key);
    if (!group) throw new Error(`The plan has no access group '${key}'`);
    return group;
  }

  groupName(key: string): string {
    return this.group(key).document.displayName;
  }

  member(entraUserId: string): StepMember {
    const person = this.#plan.people.find(
      candidate => candidate.entraUserId === entraUserId,
    );
    return { entraUserId, displayName: person?.displayName ?? entraUserId };
  }

  /** In how many accounts people have a permission set, as far as the plan says. */
  countAccounts(permissionSetArn: string): number {
    const atoms = [...this.#plan.losses, ...this.#plan.gains].filter(
      atom => atom.permissionSetArn === permissionSetArn,
    );
    return new Set(atoms.map(atom => atom.accountId)).size;
  }

  #nameAssignment(
    document: z.infer<typeof accountAssignmentDocumentSchema>,
  ): PlannedAssignment {
    const { accountId, permissionSetArn, principal } = document;
    const set = this.permissionSets.find(
      ({ object }) =>
        object.id === permissionSetArn ||
        newPermissionSetArn(object.key) === permissionSetArn,
    );
    return {
      accountId,
      accountName:
        this.#plan.accounts.find(account => account.id === accountId)?.name ??
        accountId,
      permissionSetArn,
      permissionSetName:
        set?.document.name ??
        this.#plan.permissionSets.find(({ arn }) => arn === permissionSetArn)
          ?.name ??
        permissionSetArn,
      principal:
        principal.kind === 'person'
          ? { kind: 'person', ...this.member(principal.entraUserId) }
          : {
              kind: 'accessGroup',
              groupKey: principal.accessGroup,
              displayName: this.groupName(principal.accessGroup),
            },
    };
  }
}
