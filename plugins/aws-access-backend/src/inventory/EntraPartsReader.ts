import { collectPages } from '../clouds/collectPages';
import {
  ApplicationAssignment,
  EntraReads,
  EntraUser,
} from '../clouds/EntraCloud';
import { unlessMissing } from '../clouds/unlessMissing';
import { whyUnusable } from '../clouds/whyUnusable';
import { ReportProgress } from './AwsPartsReader';
import { forEachConcurrently } from './forEachConcurrently';
import { InventoryEntraGroup, Membership } from './InventoryStore';

/** What is known of one group: itself and the ids of its direct members. */
export interface EntraGroupContent {
  group: InventoryEntraGroup;
  members: EntraUser[];
}

/** Reads the parts that Entra holds, each to its end or not at all. */
export class EntraPartsReader {
  readonly #entra: EntraReads;

  constructor(entra: EntraReads) {
    this.#entra = entra;
  }

  readUsers(report: ReportProgress): Promise<EntraUser[]> {
    return collectPages(this.#entra.listUsers(), report);
  }

  readApplicationAssignments(
    report: ReportProgress,
  ): Promise<ApplicationAssignment[]> {
    return collectPages(this.#entra.listApplicationAssignments(), report);
  }

  /**
   * Reads the groups that carry access. A tenant has many more groups; these
   * are the ones that SCIM carries, or has carried, to AWS.
   *
   * @param groupIds - ids that SCIM wrote beside identity store groups; some may
   *   be of deleted groups
   */
  async readGroups(
    assignments: ApplicationAssignment[],
    groupIds: string[],
    report: ReportProgress,
  ): Promise<{ groups: InventoryEntraGroup[]; memberships: Membership[] }> {
    const assigned = new Set(
      assignments
        .filter(({ principalType }) => principalType === 'Group')
        .map(({ principalId }) => principalId),
    );
    const ids = [...new Set([...assigned, ...groupIds])];
    const groups: InventoryEntraGroup[] = [];
    const memberships: Membership[] = [];
    let done = 0;
    await forEachConcurrently(ids, async groupId => {
      const content = await this.readGroup(groupId, assigned.has(groupId));
      if (content) {
        groups.push(content.group);
        for (const { userId } of content.members) {
          memberships.push({ groupId, userId });
        }
      }
      done++;
      report(done, ids.length);
    });
    return { groups, memberships };
  }

  /** @returns undefined where Entra knows no such group (any more) */
  readGroup(
    groupId: string,
    assignedToApplication: boolean,
  ): Promise<EntraGroupContent | undefined> {
    return unlessMissing(async () => {
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
    });
  }
}
