import { EntraReads, EntraUser } from '../clouds/EntraCloud';
import { unlessGone } from '../clouds/unlessGone';
import { whyUnusable } from '../clouds/whyUnusable';
import { ReportProgress } from './AwsPartsReader';
import { forEachConcurrently } from '../clouds/forEachConcurrently';
import { InventoryEntraGroup } from './InventoryStore';
import { PartDraft } from './PartDraft';

/** What is known of one group: itself and the ids of its direct members. */
export interface EntraGroupContent {
  group: InventoryEntraGroup;
  members: EntraUser[];
}

/** Reads the parts that Entra holds, page by page, each to its end or not at all. */
export class EntraPartsReader {
  readonly #entra: EntraReads;

  constructor(entra: EntraReads) {
    this.#entra = entra;
  }

  async readUsers(draft: PartDraft, report: ReportProgress): Promise<void> {
    let done = 0;
    for await (const page of this.#entra.listUsers()) {
      await draft.add('entraUsers', page);
      done += page.length;
      report(done, null);
    }
  }

  /** Ids of the groups that are assigned to the enterprise application. */
  async readAssignedGroupIds(report: ReportProgress): Promise<Set<string>> {
    const groupIds = new Set<string>();
    let done = 0;
    for await (const page of this.#entra.listApplicationAssignments()) {
      for (const { principalType, principalId } of page) {
        if (principalType === 'Group') groupIds.add(principalId);
      }
      done += page.length;
      report(done, null);
    }
    return groupIds;
  }

  /**
   * Reads the groups that carry access. A tenant has many more groups; these
   * are the ones that SCIM carries, or has carried, to AWS.
   *
   * @param assigned - ids of those assigned to the enterprise application
   * @param groupIds - ids that SCIM wrote beside identity store groups; some may
   *   be of deleted groups
   */
  async readGroups(
    assigned: ReadonlySet<string>,
    groupIds: string[],
    draft: PartDraft,
    report: ReportProgress,
  ): Promise<void> {
    const ids = [...new Set([...assigned, ...groupIds])];
    let done = 0;
    await forEachConcurrently(ids, async groupId => {
      const content = await this.readGroup(groupId, assigned.has(groupId));
      if (content) {
        await draft.add('entraGroups', [content.group]);
        await draft.add(
          'entraMemberships',
          content.members.map(({ userId }) => ({ groupId, userId })),
        );
      }
      done++;
      report(done, ids.length);
    });
  }

  /** @returns undefined where Entra knows no such group (any more) */
  readGroup(
    groupId: string,
    assignedToApplication: boolean,
  ): Promise<EntraGroupContent | undefined> {
    const read = async () => {
      // At once, so that they travel together with those of other groups.
      const [group, members, owners] = await Promise.all([
        this.#entra.getGroup(groupId),
        this.#entra.readDirectMembers(groupId),
        this.#entra.describeOwners(groupId),
      ]);
      if (!group) return undefined;
      return {
        group: {
          groupId,
          displayName: group.displayName,
          description: group.description,
          assignedToApplication,
          owners: owners.count,
          ownedByUs: owners.includeUs,
          uniqueName: group.uniqueName,
          unusableBecause: whyUnusable(group, members.nestedGroups),
        },
        members: members.users,
      };
    };
    return unlessGone('entra', read, async () =>
      Boolean(await this.#entra.getGroup(groupId)),
    );
  }
}
