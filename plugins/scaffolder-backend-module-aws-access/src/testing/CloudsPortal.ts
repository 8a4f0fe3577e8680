import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import awsAccessPlugin from 'backstage-plugin-aws-access-backend';
import type { RequestDetail } from 'backstage-plugin-aws-access-common';
import {
  examplePeople,
  exampleTeams,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import supertest from 'supertest';
import { parse } from 'yaml';
import scaffolderModuleAwsAccess from '..';
import { actingAuth } from './actingAuth';
import { dryRunSteps } from './dryRunSteps';
import { EndedTask, endOfTask, retryTask, runTemplate } from './runTemplate';
import { SandboxClouds } from './SandboxClouds';
import { shippedTemplates } from './shippedTemplates';

/**
 * Scaffolder, actions, backend and sandbox as the demo portal has them, with its
 * policy; only the catalog and the sign-in are stand-ins.
 */
export class CloudsPortal {
  readonly clouds: SandboxClouds;

  private constructor(
    private readonly sandbox: RunningSandbox,
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
  ) {
    this.clouds = new SandboxClouds(sandbox.url);
  }

  /**
   * @param options.followUps - refs of templates that may follow a request
   * @param options.policy - instead of the demo's
   */
  static async start(options: {
    entities: Entity[];
    followUps?: string[];
    policy?: Record<string, any>;
  }): Promise<CloudsPortal> {
    const sandbox = await startSandbox({
      operationDelayMs: 0,
      limits: {
        ssoAdminRequestsPerSecond: 100_000,
        identityStoreRequestsPerSecond: 100_000,
      },
    });
    const demo = readDemoConfig(sandbox.url);
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleAwsAccess,
        awsAccessPlugin,
        actingAuth,
        catalogServiceMock.factory({
          entities: [
            ...exampleOrganization(),
            ...shippedTemplates(),
            ...options.entities,
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal' },
            awsAccess: {
              ...demo,
              ...(options.policy && { policy: options.policy }),
              followUps: { templates: options.followUps ?? [] },
              worker: { pollSeconds: 0.1 },
            },
          },
        }),
      ],
    });
    const portal = new CloudsPortal(sandbox, backend);
    await portal.#untilRead();
    return portal;
  }

  run(name: string, values: object, person = 'ana'): Promise<EndedTask> {
    return runTemplate(this.backend.server, name, values, person);
  }

  retry(id: string, person = 'ana'): Promise<EndedTask> {
    return retryTask(this.backend.server, id, person);
  }

  /** Runs steps as the template editor does, with no effect. */
  dryRun(steps: object[], person = 'ana'): Promise<EndedTask> {
    return dryRunSteps(this.backend.server, steps, person);
  }

  endOfTask(id: string): Promise<EndedTask> {
    return endOfTask(this.backend.server, id, 'ana');
  }

  async get<T = any>(path: string, person = 'ana'): Promise<T> {
    const response = await supertest(this.backend.server)
      .get(`/api/aws-access${path}`)
      .set(
        'authorization',
        mockCredentials.user.header(`user:default/${person}`),
      );
    if (response.status !== 200) throw new Error(response.text);
    return response.body;
  }

  /** Whoever is asked says yes, stage by stage. */
  async approve(id: string): Promise<void> {
    for (;;) {
      const request = await this.get<RequestDetail>(`/requests/${id}`, 'sia');
      if (request.state !== 'pending') return;
      const stage = request.stages.find(
        ({ isOpen, have, need }) => isOpen && have < need,
      )!;
      const [{ entityRef }] = stage.approvers;
      const response = await supertest(this.backend.server)
        .post(`/api/aws-access/requests/${id}/decisions`)
        .set('authorization', mockCredentials.user.header(entityRef))
        .send({
          verdict: 'approve',
          planVersion: request.planVersion,
          planDigest: request.planDigest,
        });
      if (response.status !== 200) throw new Error(response.text);
    }
  }

  /** Looks until the request is in the state; a stuck one fails the test. */
  async untilState(
    id: string,
    state: string,
    reader = 'ana',
  ): Promise<RequestDetail> {
    for (;;) {
      const request = await this.get<RequestDetail>(`/requests/${id}`, reader);
      if (request.state === state) return request;
      if (request.state === 'stuck' || request.state === 'pending') {
        throw new Error(
          `${request.state}: ${request.stateReason} ${request.timeline
            .map(({ text }) => text)
            .join(' / ')}`,
        );
      }
      // SCIM carries to AWS with its cycle who has left a group.
      if (state === 'ended') this.sandbox.clock.advance(60_000);
      await setTimeout(20);
    }
  }

  /** The inventory follows what is done in the clouds; forms plan by it. */
  async untilListed(permissionSet: string): Promise<void> {
    const path = `/permission-sets?search=${permissionSet}`;
    while ((await this.get(path)).items.length === 0) await setTimeout(20);
  }

  async #untilRead(): Promise<void> {
    for (;;) {
      const { items } = await this.get('/inventory');
      if (items[0].refresh.finishedAt) return;
      await setTimeout(20);
    }
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.sandbox.stop();
  }
}

/** `awsAccess` of the demo portal, against this sandbox. */
function readDemoConfig(url: string) {
  const file = resolve(__dirname, '../../../../app-config.yaml');
  const text = readFileSync(file, 'utf8').replaceAll(
    /\$\{AWS_ACCESS_SANDBOX_URL:-[^}]*\}/g,
    url,
  );
  return parse(text).awsAccess;
}

function exampleOrganization(): Entity[] {
  const apiVersion = 'backstage.io/v1alpha1';
  const users = examplePeople.map(
    ({ name, entraId, displayName, team }): Entity => ({
      apiVersion,
      kind: 'User',
      metadata: {
        name,
        annotations: { 'graph.microsoft.com/user-id': entraId },
      },
      spec: { profile: { displayName } },
      relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
    }),
  );
  const groups = exampleTeams.map(
    ({ name, lead, displayName }): Entity => ({
      apiVersion,
      kind: 'Group',
      metadata: {
        name,
        annotations: { 'aws-access/leads': `user:default/${lead}` },
      },
      spec: { type: 'team', profile: { displayName } },
      relations: examplePeople
        .filter(({ team }) => team === name)
        .map(person => ({
          type: 'hasMember',
          targetRef: `user:default/${person.name}`,
        })),
    }),
  );
  return [...users, ...groups];
}
