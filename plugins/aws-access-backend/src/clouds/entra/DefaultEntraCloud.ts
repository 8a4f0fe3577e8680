import { Sealing } from '../CloudWriteGate';
import {
  ApplicationAssignment,
  DirectMembers,
  EntraCloud,
  EntraGroup,
  EntraUser,
  GroupOwners,
  OnDemandResult,
} from '../EntraCloud';
import {
  addMemberWrite,
  createGroupWrite,
  deleteGroupWrite,
  removeMemberWrite,
} from '../entraWrites';
import { EnterpriseApplication } from './EnterpriseApplication';
import { GatedGraphClient } from './GatedGraphClient';
import {
  GraphGroup,
  GraphUser,
  GROUP_FIELDS,
  groupPath,
  PAGE_SIZE,
  toGroup,
  toUser,
  uniqueNamePath,
  USER_FIELDS,
} from './graphObjects';
import { unlessAlreadyThere } from './unlessAlreadyThere';

/** Microsoft Entra ID over the Graph client. */
export class DefaultEntraCloud implements EntraCloud {
  readonly #graph: GatedGraphClient;
  readonly #applicationId: string;
  readonly #servicePrincipalId: string;
  readonly #application: EnterpriseApplication;

  /**
   * @param options.applicationId - object id of the enterprise application's
   *   service principal
   * @param options.servicePrincipalId - object id of our own
   */
  constructor(options: {
    graph: GatedGraphClient;
    applicationId: string;
    servicePrincipalId: string;
  }) {
    this.#graph = options.graph;
    this.#applicationId = options.applicationId;
    this.#servicePrincipalId = options.servicePrincipalId;
    this.#application = new EnterpriseApplication(
      options.graph,
      options.applicationId,
    );
  }

  async describeTenant() {
    const [tenants, application] = await Promise.all([
      this.#graph.read<{ value: Array<{ id: string }> }>(
        '/organization?$select=id',
      ),
      this.#graph.read<{ id: string }>(
        `/servicePrincipals/${this.#applicationId}?$select=id`,
      ),
    ]);
    return {
      tenantId: tenants.value[0]?.id ?? '',
      enterpriseApplicationId: application.id,
    };
  }

  async *listUsers(): AsyncIterable<EntraUser[]> {
    for await (const page of this.#graph.pages<GraphUser>(
      `/users?$select=${USER_FIELDS}&$top=${PAGE_SIZE}`,
    )) {
      yield page.map(toUser);
    }
  }

  async getUser(userId: string): Promise<EntraUser | undefined> {
    const user = await this.#graph.find<GraphUser>(
      `/users/${encodeURIComponent(userId)}?$select=${USER_FIELDS}`,
    );
    return user && toUser(user);
  }

  async getGroup(groupId: string): Promise<EntraGroup | undefined> {
    const group = await this.#graph.find<GraphGroup>(
      `${groupPath(groupId)}?$select=${GROUP_FIELDS}`,
    );
    return group && toGroup(group);
  }

  async findGroupByUniqueName(
    uniqueName: string,
  ): Promise<EntraGroup | undefined> {
    const group = await this.#graph.find<GraphGroup>(
      `${uniqueNamePath(uniqueName)}?$select=${GROUP_FIELDS}`,
    );
    return group && toGroup(group);
  }

  async findGroupsByDisplayName(displayName: string): Promise<EntraGroup[]> {
    const filter = encodeURIComponent(
      `displayName eq '${displayName.replace(/'/g, "''")}'`,
    );
    const found: EntraGroup[] = [];
    for await (const page of this.#graph.pages<GraphGroup>(
      `/groups?$filter=${filter}&$select=${GROUP_FIELDS}`,
    )) {
      found.push(...page.map(toGroup));
    }
    return found;
  }

  async *listMembers(groupId: string): AsyncIterable<EntraUser[]> {
    for await (const page of this.#memberPages(groupId)) {
      yield page.filter(isUser).map(toUser);
    }
  }

  async readDirectMembers(groupId: string): Promise<DirectMembers> {
    const members: DirectMembers = { users: [], nestedGroups: 0 };
    for await (const page of this.#memberPages(groupId)) {
      for (const user of page.filter(isUser)) members.users.push(toUser(user));
      members.nestedGroups += page.filter(isGroup).length;
    }
    return members;
  }

  async describeOwners(groupId: string): Promise<GroupOwners> {
    const owners: GroupOwners = { count: 0, includeUs: false };
    for await (const page of this.#graph.pages<{ id: string }>(
      `${groupPath(groupId)}/owners?$select=id`,
    )) {
      owners.count += page.length;
      owners.includeUs ||= page.some(
        ({ id }) => id === this.#servicePrincipalId,
      );
    }
    return owners;
  }

  async countNestedGroups(groupId: string): Promise<number> {
    const { nestedGroups } = await this.readDirectMembers(groupId);
    return nestedGroups;
  }

  // Casting the collection to users or groups would be an advanced query, which
  // reads from an index that lags behind writes; so the others are left out here.
  #memberPages(groupId: string): AsyncIterable<GraphUser[]> {
    return this.#graph.pages(
      `${groupPath(groupId)}/members?$select=${USER_FIELDS}&$top=${PAGE_SIZE}`,
    );
  }

  async createGroup(
    seal: Sealing,
    group: { uniqueName: string; displayName: string; description: string },
  ): Promise<{ created: boolean; groupId: string | null }> {
    const { status, body } = await this.#graph.write(
      seal,
      createGroupWrite(group),
      {
        method: 'PATCH',
        path: uniqueNamePath(group.uniqueName),
        headers: { Prefer: 'create-if-missing' },
        body: {
          displayName: group.displayName,
          description: group.description,
          mailEnabled: false,
          mailNickname: toMailNickname(group.uniqueName),
          securityEnabled: true,
          // A group without an owner, made with Group.Create, can never be changed again.
          'owners@odata.bind': [
            this.#graph.urlOf(`/servicePrincipals/${this.#servicePrincipalId}`),
          ],
        },
      },
    );
    return { created: status === 201, groupId: body?.id ?? null };
  }

  async addMember(
    seal: Sealing,
    groupId: string,
    userId: string,
  ): Promise<void> {
    await unlessAlreadyThere(
      this.#graph.write(seal, addMemberWrite(groupId, userId), {
        method: 'POST',
        path: `${groupPath(groupId)}/members/$ref`,
        body: {
          '@odata.id': this.#graph.urlOf(
            `/directoryObjects/${encodeURIComponent(userId)}`,
          ),
        },
      }),
    );
  }

  async removeMember(
    seal: Sealing,
    groupId: string,
    userId: string,
  ): Promise<void> {
    await this.#graph.write(seal, removeMemberWrite(groupId, userId), {
      method: 'DELETE',
      path: `${groupPath(groupId)}/members/${encodeURIComponent(userId)}/$ref`,
    });
  }

  async deleteGroup(seal: Sealing, groupId: string): Promise<void> {
    await this.#graph.write(seal, deleteGroupWrite(groupId), {
      method: 'DELETE',
      path: groupPath(groupId),
    });
  }

  listApplicationAssignments(): AsyncIterable<ApplicationAssignment[]> {
    return this.#application.listAssignments();
  }

  findApplicationAssignment(
    groupId: string,
  ): Promise<ApplicationAssignment | undefined> {
    return this.#application.findAssignment(groupId);
  }

  assignGroupToApplication(seal: Sealing, groupId: string): Promise<void> {
    return this.#application.assignGroup(seal, groupId);
  }

  removeApplicationAssignment(
    seal: Sealing,
    assignmentId: string,
  ): Promise<void> {
    return this.#application.removeAssignment(seal, assignmentId);
  }

  provisionOnDemand(
    seal: Sealing,
    groupId: string,
    userIds: string[],
  ): Promise<OnDemandResult> {
    return this.#application.provisionOnDemand(seal, groupId, userIds);
  }
}

/** At most 64 printable ASCII characters without `@()\[]";:<>,` and space. */
function toMailNickname(uniqueName: string): string {
  return uniqueName.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 64);
}

function isUser(member: GraphUser): boolean {
  return member['@odata.type'] === '#microsoft.graph.user';
}

function isGroup(member: GraphUser): boolean {
  return member['@odata.type'] === '#microsoft.graph.group';
}
