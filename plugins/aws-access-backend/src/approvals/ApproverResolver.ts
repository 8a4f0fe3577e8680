import { InventoryStore } from '../inventory/InventoryStore';
import { CatalogPerson, PersonDirectory } from '../people/PersonDirectory';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { Fact } from '../facts/Fact';
import { findOwningPeople } from '../facts/findOwningPeople';
import { RequiredStage } from '../policy/PolicyOutcome';
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
  readonly #inventory: InventoryStore;
  readonly #accounts: AccountFactsReader;

  constructor(options: {
    inventory: InventoryStore;
    accounts: AccountFactsReader;
  }) {
    this.#inventory = options.inventory;
    this.#accounts = options.accounts;
  }

  async resolve(
    stages: RequiredStage[],
    context: {
      organizationId: string;
      teamRef: string;
      beneficiaries: Beneficiaries;
      directory: PersonDirectory;
    },
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
    context: {
      organizationId: string;
      teamRef: string;
      directory: PersonDirectory;
    },
    reasons: string[],
  ): Promise<string[]> {
    const { directory } = context;
    const refs = new Set<string>();
    for (const source of stage.approvers) {
      let found: string[];
      if (source === 'accountOwner') {
        found = await this.#ownersOfAll(stage.accountIds, context, reasons);
      } else if (source === 'teamOwner') {
        found = (await directory.findTeam(context.teamRef))?.leads ?? [];
        if (found.length === 0) {
          reasons.push(`the team ${context.teamRef} names no leads`);
        }
      } else if (source.startsWith('group:')) {
        const group = await directory.findTeam(source);
        found = group?.members.map(member => member.entityRef) ?? [];
        if (found.length === 0) reasons.push(`${source} has no members`);
      } else {
        found = [source];
      }
      found.forEach(ref => refs.add(ref));
    }
    return [...refs];
  }

  /** Only who owns every account of the stage may say yes for all of them. */
  async #ownersOfAll(
    accountIds: string[],
    context: { organizationId: string; directory: PersonDirectory },
    reasons: string[],
  ): Promise<string[]> {
    const accounts = await this.#inventory.getAccounts(
      context.organizationId,
      accountIds,
    );
    const facts = await this.#accounts.factsOf(
      context.organizationId,
      accounts,
      context.directory,
    );
    let common: string[] | undefined;
    for (const accountId of accountIds) {
      const owners: Fact<string[]> = facts.get(accountId)?.owners ?? {
        known: false,
        reason: 'the inventory does not have it any more',
      };
      if (!owners.known) {
        reasons.push(
          `nobody knows who owns the account ${accountId}: ${owners.reason}`,
        );
        return [];
      }
      const people = await findOwningPeople(owners.value, context.directory);
      if (people.length === 0) {
        reasons.push(
          `the owner of the account ${accountId}, ${owners.value.join(
            ', ',
          )}, names no leads`,
        );
      }
      common = common ? common.filter(ref => people.includes(ref)) : people;
    }
    return common ?? [];
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
