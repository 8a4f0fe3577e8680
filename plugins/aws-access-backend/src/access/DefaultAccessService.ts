import {
  AccessEntry,
  AccessQuery,
  AccessResponse,
  InventoryPart,
  ThingToLookAt,
} from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { Inventory } from '../inventory/Inventory';
import { readFreshness } from '../inventory/readFreshness';
import { selectOrganizations } from '../organizations/selectOrganizations';
import { PersonDirectory } from '../people/PersonDirectory';
import { AccessFactsReader, AccessSubject } from './AccessFactsReader';
import { AccessService } from './AccessService';
import { accessNotFound, AccessTarget, accessTarget } from './accessTarget';
import { findThingsToLookAt } from './findThingsToLookAt';
import { joinAccess } from './joinAccess';
import { summarizeAccess } from './summarizeAccess';

/** The parts that every answer about access rests on. */
const NEEDED: InventoryPart[] = [
  'accounts',
  'permissionSets',
  'assignments',
  'identityStore',
  'entraUsers',
  'entraGroups',
];

/** Answers from the stored inventory; no call to a cloud. */
export class DefaultAccessService implements AccessService {
  readonly #organizations: Record<string, OrganizationConfig>;
  readonly #inventory: Inventory;
  readonly #directory: PersonDirectory;
  readonly #reader: AccessFactsReader;
  readonly #now: () => Promise<string>;

  constructor(options: {
    organizations: Record<string, OrganizationConfig>;
    inventory: Inventory;
    directory: PersonDirectory;
    reader: AccessFactsReader;
    /** The database's present moment. */
    now: () => Promise<string>;
  }) {
    this.#organizations = options.organizations;
    this.#inventory = options.inventory;
    this.#directory = options.directory;
    this.#reader = options.reader;
    this.#now = options.now;
  }

  async getAccess(
    query: AccessQuery,
    onlyAccounts?: ReadonlySet<string>,
  ): Promise<AccessResponse> {
    const target = accessTarget(query);
    const ids = selectOrganizations(this.#organizations, query.organizationId);
    const subjects = await this.#findSubjects(target, ids);
    const items: AccessEntry[] = [];
    const thingsToLookAt = await this.#findUnmapped(target);
    for (const [id, subject] of subjects) {
      const facts = await this.#reader.read(
        id,
        this.#organizations[id],
        subject,
        onlyAccounts,
      );
      const entries = joinAccess(facts);
      items.push(...entries);
      thingsToLookAt.push(...findThingsToLookAt(facts, entries));
    }
    return {
      items,
      ...summarizeAccess(items),
      thingsToLookAt,
      freshness: await readFreshness(
        {
          inventory: this.#inventory,
          organizations: this.#organizations,
          now: this.#now,
        },
        ids,
        NEEDED,
      ),
    };
  }

  /** People whose access cannot be found, because nobody knows who they are in Entra. */
  async #findUnmapped(target: AccessTarget): Promise<ThingToLookAt[]> {
    const people =
      target.kind === 'team'
        ? (await this.#directory.findTeam(target.id))?.members ?? []
        : [];
    if (target.kind === 'user') {
      const person = await this.#directory.findPerson(target.id);
      if (person) people.push(person);
    }
    return people
      .filter(({ entraUserId }) => entraUserId === null)
      .map(({ entityRef, displayName }) => ({
        id: `unmapped/${entityRef}`,
        severity: 'medium',
        text: `${displayName} (${entityRef}) is not mapped to one person in Entra ID, so their access cannot be found.`,
        entryId: null,
      }));
  }

  /**
   * What was asked for, in each organization that has it.
   *
   * @throws NotFoundError when none has
   */
  async #findSubjects(
    target: AccessTarget,
    organizationIds: string[],
  ): Promise<Map<string, AccessSubject>> {
    const find = await this.#finder(target);
    const subjects = new Map<string, AccessSubject>();
    for (const id of organizationIds) {
      const subject = await find(id);
      if (subject) subjects.set(id, subject);
    }
    if (subjects.size === 0) throw accessNotFound(target);
    return subjects;
  }

  async #finder(
    target: AccessTarget,
  ): Promise<(organizationId: string) => Promise<AccessSubject | undefined>> {
    const { store, records } = this.#inventory;
    switch (target.kind) {
      case 'team': {
        const team = await this.#directory.findTeam(target.id);
        if (!team) throw accessNotFound(target);
        return async () => ({ kind: 'team', team });
      }
      case 'user': {
        const person = await this.#directory.findPerson(target.id);
        if (!person) throw accessNotFound(target);
        const { entraUserId } = person;
        // A User that is no person in Entra has no access: that is an answer.
        return async () => ({ kind: 'user', entraUserId: entraUserId ?? '' });
      }
      case 'account': {
        const accountId = target.id;
        return async id =>
          (await store.getAccount(id, accountId)) && {
            kind: 'account',
            accountId,
          };
      }
      default:
        return async id => {
          const set = target.id.startsWith('arn:')
            ? await store.getPermissionSet(id, target.id)
            : await records.findPermissionSetByName(id, target.id);
          return set && { kind: 'permissionSet', arn: set.arn };
        };
    }
  }
}
