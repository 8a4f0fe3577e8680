import { AwsAccessApproverResolver } from 'backstage-plugin-aws-access-node';
import { ManagerSource } from '../config/managerSchema';
import { StageConfig } from '../config/stageSchema';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { Fact } from '../facts/Fact';
import { findOwningPeople } from '../facts/findOwningPeople';
import { AccountInventory } from '../inventory/batchAccounts';
import { PersonDirectory } from '../people/PersonDirectory';

/** What a stage is about, as far as finding its approvers goes. */
export interface StageContext {
  organizationId: string;
  requesterRef: string;
  teamRef: string;
  directory: PersonDirectory;
}

/** Finds the people behind what a stage names, and says why there are none. */
export class ApproverSources {
  readonly #inventory: AccountInventory;
  readonly #accounts: AccountFactsReader;
  readonly #manager: ManagerSource | undefined;
  readonly #resolvers: ReadonlyMap<string, AwsAccessApproverResolver>;

  constructor(options: {
    inventory: AccountInventory;
    accounts: AccountFactsReader;
    manager: ManagerSource | undefined;
    resolvers: ReadonlyMap<string, AwsAccessApproverResolver>;
  }) {
    this.#inventory = options.inventory;
    this.#accounts = options.accounts;
    this.#manager = options.manager;
    this.#resolvers = options.resolvers;
  }

  /**
   * @param reasons - takes why nobody, or somebody not, was found
   * @returns refs of users
   */
  async find(
    source: StageConfig['approvers'][number],
    accountIds: string[],
    context: StageContext,
    reasons: string[],
  ): Promise<string[]> {
    const { directory } = context;
    let found: string[];
    const isByAccount = source === 'accountOwner' || source === 'systemOwner';
    if (isByAccount && accountIds.length === 0) {
      reasons.push(
        'it touches no account that somebody owns; the policy has to name who is asked then (defaultStageWithoutAccounts)',
      );
      return [];
    }
    if (source === 'accountOwner') {
      const facts = await this.#accountOwners(accountIds, context);
      return ownersOfAll('account', accountIds, facts, directory, reasons);
    } else if (source === 'systemOwner') {
      const facts = await this.#accounts.systemOwnersOf(
        context.organizationId,
        accountIds,
        directory,
      );
      return ownersOfAll(
        'system of the account',
        accountIds,
        facts,
        directory,
        reasons,
      );
    } else if (source === 'teamOwner') {
      found = (await directory.findTeam(context.teamRef))?.leads ?? [];
      if (found.length === 0) {
        reasons.push(`the team ${context.teamRef} names no leads`);
      }
    } else if (source === 'manager') {
      found = this.#manager
        ? await directory.findManagers(context.requesterRef, this.#manager)
        : [];
      if (found.length === 0) {
        reasons.push(
          `nobody knows the manager of ${context.requesterRef}: the catalog user names none`,
        );
      }
    } else if (source.startsWith('resolver:')) {
      found = await this.#askResolver(
        source.slice('resolver:'.length),
        accountIds,
        context,
        reasons,
      );
    } else if (source.startsWith('group:')) {
      const group = await directory.findTeam(source);
      found = group?.members.map(member => member.entityRef) ?? [];
      if (found.length === 0) reasons.push(`${source} has no members`);
    } else {
      found = [source];
    }
    return found;
  }

  async #accountOwners(accountIds: string[], context: StageContext) {
    const facts = await this.#accounts.factsOf(
      context.organizationId,
      await this.#inventory.getAccounts(context.organizationId, accountIds),
      context.directory,
    );
    return new Map([...facts].map(([id, { owners }]) => [id, owners]));
  }

  async #askResolver(
    name: string,
    accountIds: string[],
    { organizationId, requesterRef, teamRef }: StageContext,
    reasons: string[],
  ): Promise<string[]> {
    try {
      const refs = await this.#resolvers.get(name)!.resolve({
        organizationId,
        requesterRef,
        teamRef,
        accountIds,
      });
      if (refs.length === 0) reasons.push(`'${name}' names nobody`);
      return refs;
    } catch {
      // What it knows is not ours to show; nobody is the safe answer.
      reasons.push(`'${name}' could not be asked`);
      return [];
    }
  }
}

/** Only who owns every account of the stage may say yes for all of them. */
async function ownersOfAll(
  what: string,
  accountIds: string[],
  facts: Map<string, Fact<string[]>>,
  directory: PersonDirectory,
  reasons: string[],
): Promise<string[]> {
  let common: string[] | undefined;
  for (const accountId of accountIds) {
    const owners: Fact<string[]> = facts.get(accountId) ?? {
      known: false,
      reason: 'the inventory does not have it any more',
    };
    if (!owners.known) {
      reasons.push(
        `nobody knows who owns the ${what} ${accountId}: ${owners.reason}`,
      );
      return [];
    }
    const people = await findOwningPeople(owners.value, directory);
    if (people.length === 0) {
      reasons.push(
        `the owner of the ${what} ${accountId}, ${owners.value.join(
          ', ',
        )}, names no leads`,
      );
    }
    common = common ? common.filter(ref => people.includes(ref)) : people;
  }
  return common ?? [];
}
