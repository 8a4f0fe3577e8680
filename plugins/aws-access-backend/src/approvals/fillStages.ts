/** A stage as the matching sees it. */
export interface StageToFill {
  id: string;
  need: number;
  /** Entra object ids of everybody who may decide in it. */
  eligible: ReadonlySet<string>;
}

/** How far approvals fill stages. */
export interface FilledStages {
  /** Approvals by stage id. */
  have: Map<string, number>;
  isComplete: boolean;
}

/**
 * Distributes approvals over stages so that as many places as possible are
 * filled, one person in one place (security rule 8). Pure, and recomputed from
 * the decisions each time: somebody who could sit in two stages moves over when
 * that lets a later approval count.
 *
 * @param approvals - Entra object ids in the order of their decisions
 */
export function fillStages(
  stages: StageToFill[],
  approvals: string[],
): FilledStages {
  const places = stages.flatMap(stage =>
    Array.from({ length: stage.need }, () => stage),
  );
  const seated: Array<string | undefined> = places.map(() => undefined);

  // Kuhn's algorithm: each person takes a place, or moves others along.
  const seat = (person: string, tried: Set<number>): boolean => {
    for (const [index, stage] of places.entries()) {
      if (tried.has(index) || !stage.eligible.has(person)) continue;
      tried.add(index);
      const occupant = seated[index];
      if (occupant === undefined || seat(occupant, tried)) {
        seated[index] = person;
        return true;
      }
    }
    return false;
  };
  for (const person of new Set(approvals)) seat(person, new Set());

  const have = new Map(stages.map(stage => [stage.id, 0]));
  places.forEach((stage, index) => {
    if (seated[index] !== undefined)
      have.set(stage.id, have.get(stage.id)! + 1);
  });
  return {
    have,
    isComplete: seated.every(person => person !== undefined),
  };
}

/** Who approved, in the order of their decisions, as Entra object ids. */
export function approvalsOf(
  decisions: Array<{ verdict: 'approve' | 'reject'; personId: string }>,
): string[] {
  return decisions
    .filter(decision => decision.verdict === 'approve')
    .map(decision => decision.personId);
}

/**
 * True when the person's approval would fill one more place, so that they are an
 * approver of a stage that is still open.
 */
export function wouldAdvance(
  stages: StageToFill[],
  approvals: string[],
  person: string,
): boolean {
  if (approvals.includes(person)) return false;
  const places = (filled: FilledStages) =>
    [...filled.have.values()].reduce((sum, count) => sum + count, 0);
  return (
    places(fillStages(stages, [...approvals, person])) >
    places(fillStages(stages, approvals))
  );
}
