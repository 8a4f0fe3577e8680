import { CatalogPerson } from '../people/PersonDirectory';
import { RequiredStage } from '../policy/PolicyOutcome';
import { ApproverSources, StageContext } from './ApproverSources';
import { Beneficiaries, isBeneficiary } from './beneficiariesOf';
import { StageToFill } from './fillStages';

/** A stage, and who may decide in it now. */
export interface ResolvedStage {
  stage: RequiredStage;
  /** Mapped to a person, and no beneficiary. */
  approvers: CatalogPerson[];
  /** Why nobody may; null when somebody may. */
  emptyBecause: string | null;
}

/**
 * Finds out who may decide, each time it matters: somebody who leaves a team or
 * hands an account over is no approver from then on (security rules 6 and 7).
 */
export class ApproverResolver {
  readonly #sources: ApproverSources;

  constructor(options: { sources: ApproverSources }) {
    this.#sources = options.sources;
  }

  async resolve(
    stages: RequiredStage[],
    context: StageContext & { beneficiaries: Beneficiaries },
  ): Promise<ResolvedStage[]> {
    return Promise.all(
      stages.map(async stage => {
        const reasons: string[] = [];
        const refs = await this.#candidates(stage, context, reasons);
        const people = await context.directory.findPeople(refs);
        const approvers = people.filter(person => {
          const why = whyNot(person, context.beneficiaries);
          if (why) reasons.push(why);
          return why === null;
        });
        const missing = refs.filter(
          ref => !people.some(person => person.entityRef === ref),
        );
        reasons.push(...missing.map(ref => `the catalog has no user ${ref}`));
        return {
          stage,
          approvers,
          emptyBecause:
            approvers.length > 0
              ? null
              : [...new Set(reasons)].join('; ') || 'it names nobody',
        };
      }),
    );
  }

  async #candidates(
    stage: RequiredStage,
    context: StageContext,
    reasons: string[],
  ): Promise<string[]> {
    const refs = new Set<string>();
    for (const source of stage.approvers) {
      const found = await this.#sources.find(
        source,
        stage.accountIds,
        context,
        reasons,
      );
      found.forEach(ref => refs.add(ref));
    }
    return [...refs];
  }
}

function whyNot(
  person: CatalogPerson,
  beneficiaries: Beneficiaries,
): string | null {
  const who = `${person.displayName} (${person.entityRef})`;
  if (!person.entraUserId) {
    return `${who} is not mapped to one person in Entra ID`;
  }
  return isBeneficiary(
    { userRef: person.entityRef, entraUserId: person.entraUserId },
    beneficiaries,
  )
    ? `${who} benefits from the request`
    : null;
}

/** Stages as the matching of approvals sees them. */
export function stagesToFill(stages: ResolvedStage[]): StageToFill[] {
  return stages.map(({ stage, approvers }) => ({
    id: stage.id,
    need: stage.count,
    order: stage.order ?? 1,
    eligible: new Set(approvers.flatMap(person => person.entraUserId ?? [])),
  }));
}
