import { DateTime, Duration } from 'luxon';
import { CatalogPerson } from '../people/PersonDirectory';
import { RequiredStage } from '../policy/PolicyOutcome';
import { ApproverSources, StageContext } from './ApproverSources';
import { Beneficiaries, isBeneficiary } from './beneficiariesOf';
import { StageToFill } from './fillStages';
import { openSince } from './openSince';

/** A stage, and who may decide in it now. */
export interface ResolvedStage {
  stage: RequiredStage;
  /** Mapped to a person, and no beneficiary; alternates who have joined, too. */
  approvers: CatalogPerson[];
  /** Null where the policy names none. */
  alternates: ResolvedAlternates | null;
  /** Why nobody may; null when somebody may. */
  emptyBecause: string | null;
}

/** Who may decide as well after a time; nobody is taken out of the stage. */
export interface ResolvedAlternates {
  /** Mapped to a person, no beneficiary, and no approver of the stage anyway. */
  people: CatalogPerson[];
  /** When they may decide, ISO-8601; null while the stage has not opened. */
  from: string | null;
  hasJoined: boolean;
}

/** Since when a plan waits for decisions, and the time now, by the database. */
export interface Waiting {
  since: string;
  /** When later stages opened, by stage id. */
  openedAt?: Record<string, string>;
  now: string;
}

/** What a stage is about, who is excluded, and how long it has waited. */
interface ResolveContext extends StageContext {
  beneficiaries: Beneficiaries;
  /** Null while nothing is filed, or where no time matters. */
  waiting: Waiting | null;
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
    context: ResolveContext,
  ): Promise<ResolvedStage[]> {
    return Promise.all(
      stages.map(async stage => {
        const reasons: string[] = [];
        const approvers = await this.#eligible(
          stage.approvers,
          stage,
          context,
          reasons,
        );
        const alternates = await this.#alternates(
          stage,
          stages,
          approvers,
          context,
        );
        return {
          stage,
          approvers: alternates?.hasJoined
            ? [...approvers, ...alternates.people]
            : approvers,
          alternates,
          emptyBecause:
            approvers.length > 0
              ? null
              : [...new Set(reasons)].join('; ') || 'it names nobody',
        };
      }),
    );
  }

  async #alternates(
    stage: RequiredStage,
    stages: RequiredStage[],
    approvers: CatalogPerson[],
    context: ResolveContext,
  ): Promise<ResolvedAlternates | null> {
    if (!stage.alternates) return null;
    const known = new Set(approvers.map(person => person.entraUserId));
    const eligible = await this.#eligible(
      stage.alternates.approvers,
      stage,
      context,
      [],
    );
    const { waiting } = context;
    const since = waiting && openSince(stage, stages, waiting);
    const from = since && alternatesJoinAt(stage, since);
    return {
      people: eligible.filter(person => !known.has(person.entraUserId)),
      from,
      // Moments are text in one form, so their order is that of time.
      hasJoined: Boolean(waiting && from && from <= waiting.now),
    };
  }

  async #eligible(
    sources: RequiredStage['approvers'],
    stage: RequiredStage,
    context: ResolveContext,
    reasons: string[],
  ): Promise<CatalogPerson[]> {
    const refs = await this.#candidates(sources, stage, context, reasons);
    const people = await context.directory.findPeople(refs);
    const eligible = people.filter(person => {
      const why = whyNot(person, context.beneficiaries);
      if (why) reasons.push(why);
      return why === null;
    });
    const missing = refs.filter(
      ref => !people.some(person => person.entityRef === ref),
    );
    reasons.push(...missing.map(ref => `the catalog has no user ${ref}`));
    return eligible;
  }

  async #candidates(
    sources: RequiredStage['approvers'],
    stage: RequiredStage,
    context: StageContext,
    reasons: string[],
  ): Promise<string[]> {
    const refs = new Set<string>();
    for (const source of sources) {
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
  if (!person.entraUserId) {
    return `${person.displayName} (${person.entityRef}) is not mapped to one person in Entra ID`;
  }
  return isBeneficiary(
    { userRef: person.entityRef, entraUserId: person.entraUserId },
    beneficiaries,
  )
    ? // Who it is would tell who has what (security rule 29).
      'whoever is asked benefits from the request'
    : null;
}

/** When the alternates of a stage may decide; null = it has none. */
export function alternatesJoinAt(
  stage: RequiredStage,
  since: string,
): string | null {
  return stage.alternates
    ? DateTime.fromISO(since, { zone: 'utc' })
        .plus(Duration.fromISO(stage.alternates.after))
        .toISO()
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
