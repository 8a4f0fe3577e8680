/** A stage as the matching sees it. */
export interface StageToFill {
  id: string;
  need: number;
  /** It opens when all stages of smaller numbers are full. Default: 1. */
  order?: number;
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
 * Stages open in their order, and nobody sits in one before all earlier ones are
 * full. Somebody who sits in an earlier one may then move on: otherwise the only
 * approver of the later stage could be caught in the earlier.
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
  const openUpTo = () =>
    Math.min(
      ...places
        .filter((_place, index) => seated[index] === undefined)
        .map(orderOf),
    );

  // Kuhn's algorithm: each person takes a place, or moves others along.
  const seat = (person: string, last: number, tried: Set<number>): boolean => {
    for (const [index, stage] of places.entries()) {
      if (orderOf(stage) > last) continue;
      if (tried.has(index) || !stage.eligible.has(person)) continue;
      tried.add(index);
      const occupant = seated[index];
      if (occupant === undefined || seat(occupant, last, tried)) {
        seated[index] = person;
        return true;
      }
    }
    return false;
  };
  let waiting = [...new Set(approvals)];
  for (;;) {
    const last = openUpTo();
    // Who found no place may find one when the next stages open.
    waiting = waiting.filter(person => !seat(person, last, new Set()));
    if (openUpTo() === last) break;
  }

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
  decisions: Array<{
    verdict: 'approve' | 'narrow' | 'reject';
    personId: string;
  }>,
): string[] {
  return decisions
    .filter(decision => decision.verdict !== 'reject')
    .map(decision => decision.personId);
}

/** Ids of the stages in which approvals are asked for now. */
export function findOpenStages(
  stages: StageToFill[],
  { have }: Pick<FilledStages, 'have'>,
): Set<string> {
  const unfilled = stages.filter(({ id, need }) => (have.get(id) ?? 0) < need);
  const first = Math.min(...unfilled.map(orderOf));
  return new Set(
    unfilled.filter(stage => orderOf(stage) === first).map(({ id }) => id),
  );
}

function orderOf(stage: StageToFill): number {
  return stage.order ?? 1;
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
