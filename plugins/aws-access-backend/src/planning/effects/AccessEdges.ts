/**
 * How an edge of the picture is before and after the plan. `ending` is there,
 * but goes by itself when leases of other requests end.
 */
export type EdgeState = 'standing' | 'ending' | 'new' | 'removed';

/** Somebody is behind a principal. */
export interface MembershipEdge {
  principal: string;
  entraUserId: string;
  state: EdgeState;
}

/** A principal has a permission set in an account. */
export interface AssignmentEdge {
  principal: string;
  accountId: string;
  permissionSetArn: string;
  state: EdgeState;
}

/** Only how it is there may be overruled by what the plan does with it. */
const PRECEDENCE: readonly EdgeState[] = [
  'ending',
  'standing',
  'new',
  'removed',
];

/**
 * The part of the picture that a plan touches, before and after: who is behind
 * which principal, and what principals have. A principal is the key of an access
 * group, the Entra object id of a person who has something directly, or a group
 * of the identity store that no Entra group of the plan stands behind.
 */
export class AccessEdges {
  readonly #memberships = new Map<string, MembershipEdge>();
  readonly #assignments = new Map<string, AssignmentEdge>();

  addMembership(edge: MembershipEdge): void {
    add(this.#memberships, `${edge.principal}/${edge.entraUserId}`, edge);
  }

  addAssignment(edge: AssignmentEdge): void {
    const { principal, accountId, permissionSetArn } = edge;
    add(
      this.#assignments,
      `${principal}/${accountId}/${permissionSetArn}`,
      edge,
    );
  }

  get assignments(): AssignmentEdge[] {
    return [...this.#assignments.values()];
  }

  /** Memberships by their principal. */
  membersOf(): Map<string, MembershipEdge[]> {
    const members = new Map<string, MembershipEdge[]>();
    for (const edge of this.#memberships.values()) {
      const list = members.get(edge.principal) ?? [];
      list.push(edge);
      members.set(edge.principal, list);
    }
    return members;
  }

  /**
   * How many paths begin, go or change: at most so many effects come of them. No
   * effect is made to know that.
   *
   * @param isChanged - whether the plan changes what the permission set allows
   */
  countTouched(isChanged: (permissionSetArn: string) => boolean): number {
    const members = this.membersOf();
    return this.assignments.reduce((sum, assignment) => {
      const behind = members.get(assignment.principal) ?? [];
      const all =
        isTouched(assignment) || isChanged(assignment.permissionSetArn);
      return sum + (all ? behind : behind.filter(isTouched)).length;
    }, 0);
  }
}

function add<Edge extends { state: EdgeState }>(
  edges: Map<string, Edge>,
  key: string,
  edge: Edge,
): void {
  const before = edges.get(key);
  if (
    !before ||
    PRECEDENCE.indexOf(edge.state) > PRECEDENCE.indexOf(before.state)
  ) {
    edges.set(key, edge);
  }
}

/** Whether the plan does something with the edge. */
export function isTouched({ state }: { state: EdgeState }): boolean {
  return state === 'new' || state === 'removed';
}
