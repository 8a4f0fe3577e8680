import { Change, Plan, Problem } from 'backstage-plugin-aws-access-common';
import { AccessGroupService } from '../access/AccessGroupService';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { findOutOfReach } from '../planning/redaction/findOutOfReach';
import { peopleIn, redactPlan } from '../planning/redaction/redactPlan';
import { groupReachOf } from './groupReachOf';
import { Caller, readsEverything } from './Viewer';

/** What somebody may read who may not read everything. */
interface CallersReach {
  groups: ReadonlyMap<string, { whole: boolean }>;
  ownedAccounts: ReadonlySet<string>;
}

/**
 * Keeps plans from telling who has what to people who may not read it (security
 * rule 29). The policy, the digest and whoever decides see the whole plan.
 */
export class PlanReader {
  readonly #groups: AccessGroupService;
  readonly #accounts: AccountFactsReader;
  /** A caller lives for one call, so that the answer cannot grow old. */
  readonly #reaches = new WeakMap<Caller, Map<string, Promise<CallersReach>>>();

  constructor(options: {
    groups: AccessGroupService;
    accounts: AccountFactsReader;
  }) {
    this.#groups = options.groups;
    this.#accounts = options.accounts;
  }

  /** What the changes name and the caller may not read: as if it did not exist. */
  async findOutOfReach(
    organizationId: string,
    changes: Change[],
    caller: Caller,
  ): Promise<Problem[]> {
    if (readsEverything(caller)) return [];
    // Most requests name nothing that is there already.
    if (!changes.some(isAboutWhatIsThere)) return [];
    const { groups, ownedAccounts } = await this.#reachOf(
      organizationId,
      caller,
    );
    return findOutOfReach(changes, {
      groups: new Set(groups.keys()),
      people: new Set((await this.#peopleOf(caller)).refs),
      ownedAccounts,
    });
  }

  /**
   * The plan as the caller may see it.
   *
   * @param named - refs of people whom the request names: whoever reads it knows
   *   of them
   */
  async show(
    plan: Plan,
    organizationId: string,
    named: string[],
    caller: Caller,
  ): Promise<Plan> {
    if (readsEverything(caller)) return plan;
    const { refs, ids } = await this.#peopleOf(caller);
    const isKnown = new Set(ids);
    const knownRefs = new Set([...refs, ...named]);
    for (const person of plan.people) {
      if (person.entityRef && knownRefs.has(person.entityRef)) {
        isKnown.add(person.entraUserId);
      }
    }
    const isUnknown = (id: string) => !isKnown.has(id);
    if (!peopleIn(plan).some(isUnknown)) return plan;

    const { groups, ownedAccounts } = await this.#reachOf(
      organizationId,
      caller,
    );
    return redactPlan(plan, {
      people: isKnown,
      accounts: ownedAccounts,
      groups: new Set(
        [...groups].filter(([, { whole }]) => whole).map(([id]) => id),
      ),
    });
  }

  #reachOf(organizationId: string, caller: Caller): Promise<CallersReach> {
    let known = this.#reaches.get(caller);
    if (!known) {
      known = new Map();
      this.#reaches.set(caller, known);
    }
    let reach = known.get(organizationId);
    if (!reach) {
      reach = this.#readReach(organizationId, caller);
      known.set(organizationId, reach);
    }
    return reach;
  }

  async #readReach(
    organizationId: string,
    caller: Caller,
  ): Promise<CallersReach> {
    const reach = await groupReachOf(caller, this.#accounts);
    const groups = await this.#groups.findReadable(organizationId, reach);
    return {
      groups: groups ?? new Map(),
      ownedAccounts: reach?.ownedAccounts ?? new Set(),
    };
  }

  /** The caller, and everybody in their teams and in those they lead. */
  async #peopleOf(caller: Caller): Promise<{ refs: string[]; ids: string[] }> {
    const { directory, userRef } = caller;
    const teams = await Promise.all(
      [...caller.teams, ...(await directory.findLedTeams(userRef))].map(ref =>
        directory.findTeam(ref),
      ),
    );
    const members = teams.flatMap(team => team?.members ?? []);
    return {
      refs: [userRef, ...members.map(({ entityRef }) => entityRef)],
      ids: [caller, ...members].flatMap(({ entraUserId }) => entraUserId ?? []),
    };
  }
}

function isAboutWhatIsThere(change: Change): boolean {
  return (
    change.kind === 'removeElevation' ||
    ('accessGroup' in change && 'entraGroupId' in change.accessGroup)
  );
}
