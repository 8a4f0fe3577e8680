import { CloudError } from '../CloudError';
import { SealedWrite } from '../CloudWriteGate';
import {
  ApplicationAssignment,
  EntraCloud,
  EntraGroup,
  EntraUser,
  OnDemandResult,
} from '../EntraCloud';
import {
  addMemberWrite,
  assignGroupToApplicationWrite,
  createGroupWrite,
  deleteGroupWrite,
  provisionOnDemandWrite,
  removeApplicationAssignmentWrite,
  removeMemberWrite,
} from '../entraWrites';
import { GatedGraphClient } from './GatedGraphClient';
import { readOnDemandReport, SynchronizationJobs } from './SynchronizationJobs';

const USER_FIELDS = 'id,userPrincipalName,displayName,accountEnabled';
const GROUP_FIELDS = 'id,displayName,description,uniqueName';
/** The largest page of users and of members. */
const PAGE_SIZE = 999;
/** Graph's limit on the members of one provisioning on demand. */
const ON_DEMAND_MEMBERS = 5;

interface GraphUser {
  '@odata.type'?: string;
  id: string;
  userPrincipalName: string;
  displayName?: string | null;
  accountEnabled?: boolean | null;
}

interface GraphGroup {
  id: string;
  displayName?: string | null;
  description?: string | null;
  uniqueName?: string | null;
}

interface GraphAssignment {
  id: string;
  principalId: string;
  principalType: ApplicationAssignment['principalType'];
  resourceId: string;
}

interface AppRole {
  id: string;
  displayName?: string | null;
  value?: string | null;
  isEnabled?: boolean;
  allowedMemberTypes?: string[];
}

/** Microsoft Entra ID over the Graph client. */
export class DefaultEntraCloud implements EntraCloud {
  readonly #graph: GatedGraphClient;
  readonly #applicationId: string;
  readonly #servicePrincipalId: string;
  readonly #jobs: SynchronizationJobs;

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
    this.#jobs = new SynchronizationJobs(options.graph, options.applicationId);
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
    // Casting the collection to users would be an advanced query, which reads
    // from an index that lags behind writes; so we leave the others out here.
    for await (const page of this.#graph.pages<GraphUser>(
      `${groupPath(groupId)}/members?$select=${USER_FIELDS}&$top=${PAGE_SIZE}`,
    )) {
      yield page
        .filter(member => member['@odata.type'] === '#microsoft.graph.user')
        .map(toUser);
    }
  }

  async countOwners(groupId: string): Promise<number> {
    let count = 0;
    for await (const page of this.#graph.pages(
      `${groupPath(groupId)}/owners?$select=id`,
    )) {
      count += page.length;
    }
    return count;
  }

  async *listApplicationAssignments(): AsyncIterable<ApplicationAssignment[]> {
    for await (const page of this.#graph.pages<GraphAssignment>(
      `${this.#assignmentsPath}?$top=${PAGE_SIZE}`,
    )) {
      yield page.map(toAssignment);
    }
  }

  async findApplicationAssignment(
    groupId: string,
  ): Promise<ApplicationAssignment | undefined> {
    for await (const page of this.#graph.pages<GraphAssignment>(
      `${groupPath(groupId)}/appRoleAssignments`,
    )) {
      const found = page.find(
        ({ resourceId }) => resourceId === this.#applicationId,
      );
      if (found) return toAssignment(found);
    }
    return undefined;
  }

  async createGroup(
    seal: SealedWrite,
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
    seal: SealedWrite,
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
    seal: SealedWrite,
    groupId: string,
    userId: string,
  ): Promise<void> {
    await this.#graph.write(seal, removeMemberWrite(groupId, userId), {
      method: 'DELETE',
      path: `${groupPath(groupId)}/members/${encodeURIComponent(userId)}/$ref`,
    });
  }

  async deleteGroup(seal: SealedWrite, groupId: string): Promise<void> {
    await this.#graph.write(seal, deleteGroupWrite(groupId), {
      method: 'DELETE',
      path: groupPath(groupId),
    });
  }

  async assignGroupToApplication(
    seal: SealedWrite,
    groupId: string,
  ): Promise<void> {
    const appRoleId = await this.#findAppRoleId();
    await unlessAlreadyThere(
      this.#graph.write(seal, assignGroupToApplicationWrite(groupId), {
        method: 'POST',
        path: this.#assignmentsPath,
        body: {
          principalId: groupId,
          resourceId: this.#applicationId,
          appRoleId,
        },
      }),
    );
  }

  async removeApplicationAssignment(
    seal: SealedWrite,
    assignmentId: string,
  ): Promise<void> {
    await this.#graph.write(
      seal,
      removeApplicationAssignmentWrite(assignmentId),
      {
        method: 'DELETE',
        path: `${this.#assignmentsPath}/${encodeURIComponent(assignmentId)}`,
      },
    );
  }

  async provisionOnDemand(
    seal: SealedWrite,
    groupId: string,
    userIds: string[],
  ): Promise<OnDemandResult> {
    if (userIds.length > ON_DEMAND_MEMBERS) {
      throw new CloudError({
        kind: 'permanent',
        cloud: 'entra',
        operation: 'graph:POST provisionOnDemand',
        code: 'TooManyMembers',
        cloudMessage: '',
        plainWords: `Microsoft Graph provisions at most ${ON_DEMAND_MEMBERS} members on demand at once`,
      });
    }
    const { jobId, ruleId } = await this.#jobs.onDemandTarget();
    const { body } = await this.#graph.write(
      seal,
      provisionOnDemandWrite(groupId, userIds),
      {
        method: 'POST',
        path: `${this.#jobs.path}/${encodeURIComponent(
          jobId,
        )}/provisionOnDemand`,
        body: {
          parameters: [
            {
              ruleId,
              subjects: [
                {
                  objectId: groupId,
                  objectTypeName: 'Group',
                  links: {
                    members: userIds.map(objectId => ({
                      objectId,
                      objectTypeName: 'User',
                    })),
                  },
                },
              ],
            },
          ],
        },
      },
    );
    return readOnDemandReport(body ?? {});
  }

  get #assignmentsPath(): string {
    return `/servicePrincipals/${this.#applicationId}/appRoleAssignedTo`;
  }

  /** The ids of roles differ between instances of the same application. */
  async #findAppRoleId(): Promise<string> {
    const { appRoles = [] } = await this.#graph.read<{ appRoles?: AppRole[] }>(
      `/servicePrincipals/${this.#applicationId}?$select=appRoles`,
    );
    const usable = appRoles.filter(
      role =>
        role.isEnabled !== false &&
        (role.allowedMemberTypes ?? ['User']).includes('User'),
    );
    const role =
      usable.find(({ displayName }) => displayName === 'User') ?? usable[0];
    if (role) return role.id;
    throw new CloudError({
      kind: 'permanent',
      cloud: 'entra',
      operation: 'graph:GET /servicePrincipals/{id}',
      code: 'NoAppRole',
      cloudMessage: '',
      plainWords:
        'The enterprise application has no enabled role that groups can be assigned to',
    });
  }
}

/**
 * Graph answers 400 when a member or an assignment is there already. That is
 * what was asked for: a first answer may have been lost, and reads lag behind
 * writes. Whose it is, the intent recorded before the write tells.
 */
async function unlessAlreadyThere(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const there =
      error instanceof CloudError &&
      error.code === 'Request_BadRequest' &&
      /already exists?\b/i.test(error.cloudMessage);
    if (!there) throw error;
  }
}

function groupPath(groupId: string): string {
  return `/groups/${encodeURIComponent(groupId)}`;
}

function uniqueNamePath(uniqueName: string): string {
  return `/groups(uniqueName='${encodeURIComponent(
    uniqueName.replace(/'/g, "''"),
  )}')`;
}

/** At most 64 printable ASCII characters without `@()\[]";:<>,` and space. */
function toMailNickname(uniqueName: string): string {
  return uniqueName.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 64);
}

function toUser(user: GraphUser): EntraUser {
  return {
    userId: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName ?? null,
    // Absent when the application may not read it: then nobody may rely on it.
    accountEnabled: user.accountEnabled ?? false,
  };
}

function toGroup(group: GraphGroup): EntraGroup {
  return {
    groupId: group.id,
    displayName: group.displayName ?? '',
    description: group.description ?? null,
    uniqueName: group.uniqueName ?? null,
  };
}

function toAssignment(assignment: GraphAssignment): ApplicationAssignment {
  return {
    assignmentId: assignment.id,
    principalId: assignment.principalId,
    principalType: assignment.principalType,
  };
}
