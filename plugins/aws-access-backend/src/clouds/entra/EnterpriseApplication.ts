import { CloudError } from '../CloudError';
import { Sealing } from '../CloudWriteGate';
import { ApplicationAssignment, OnDemandResult } from '../EntraCloud';
import {
  assignGroupToApplicationWrite,
  provisionOnDemandWrite,
  removeApplicationAssignmentWrite,
} from '../entraWrites';
import { GatedGraphClient } from './GatedGraphClient';
import { groupPath, PAGE_SIZE } from './graphObjects';
import { readOnDemandReport, SynchronizationJobs } from './SynchronizationJobs';
import { unlessAlreadyThere } from './unlessAlreadyThere';

/** Graph's limit on the members of one provisioning on demand. */
const ON_DEMAND_MEMBERS = 5;

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

/**
 * The enterprise application through which groups get into AWS: who is assigned
 * to it, and its provisioning on demand.
 */
export class EnterpriseApplication {
  readonly #graph: GatedGraphClient;
  readonly #applicationId: string;
  readonly #jobs: SynchronizationJobs;

  /** @param applicationId - object id of its service principal */
  constructor(graph: GatedGraphClient, applicationId: string) {
    this.#graph = graph;
    this.#applicationId = applicationId;
    this.#jobs = new SynchronizationJobs(graph, applicationId);
  }

  async *listAssignments(): AsyncIterable<ApplicationAssignment[]> {
    for await (const page of this.#graph.pages<GraphAssignment>(
      `${this.#assignmentsPath}?$top=${PAGE_SIZE}`,
    )) {
      yield page.map(toAssignment);
    }
  }

  async findAssignment(
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

  async assignGroup(seal: Sealing, groupId: string): Promise<void> {
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

  async removeAssignment(seal: Sealing, assignmentId: string): Promise<void> {
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
    seal: Sealing,
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

function toAssignment(assignment: GraphAssignment): ApplicationAssignment {
  return {
    assignmentId: assignment.id,
    principalId: assignment.principalId,
    principalType: assignment.principalType,
  };
}
