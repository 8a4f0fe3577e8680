import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { json } from 'express';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { recordTransition } from '../requests/life/recordTransition';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

const template = (name: string): Entity => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name },
  spec: { type: 'service', steps: [{ action: 'publish:github' }] },
});

const values = { name: 'ledger' };

/** Stands in for the scaffolder: says who started what. */
function createFakeScaffolder(
  started: Array<{ by: string; body: any }>,
  answer: () => number,
) {
  return createBackendPlugin({
    pluginId: 'scaffolder',
    register(env) {
      env.registerInit({
        deps: {
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ httpRouter, httpAuth }) {
          httpRouter.use(json());
          httpRouter.use(async (request, response) => {
            const { principal } = await httpAuth.credentials(request, {
              allow: ['service'],
            });
            started.push({ by: principal.subject, body: request.body });
            response.status(answer()).json({ id: `task-${started.length}` });
          });
        },
      });
    },
  });
}

describe.each(databases.ids)('follow-ups on %s', id => {
  const started: Array<{ by: string; body: any }> = [];
  let status = 201;
  let world: RequestWorld;
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await RequestWorld.start(knex, {
      awsAccess: {
        followUps: {
          templates: ['template:default/create-service', 'deploy', 'gone'],
        },
        worker: { pollSeconds: 0.1 },
        requests: { maxOpenPerPerson: 100, previewsPerMinute: 1000 },
      },
      entities: [
        template('create-service'),
        template('deploy'),
        template('unlisted'),
      ],
      features: [createFakeScaffolder(started, () => status)],
    });
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    started.splice(0);
    status = 201;
  });

  const preview = (body: object, caller = 'ana') =>
    world.post('/requests/preview', caller, { ...fileInput(), ...body });

  /** Files, has approved, and makes usable, as provisioning would. */
  async function makeUsable(followUp: object) {
    const filed = await world
      .post('/requests', 'ana', { ...fileInput(), followUp })
      .expect(200);
    await world.decide(filed.body, 'otto').expect(200);
    await move(filed.body.id, 'provisioning');
    return filed.body.id as string;
  }

  async function move(
    requestId: string,
    to: 'provisioning' | 'active' | 'ended',
  ) {
    await world.stores.transaction(async stores => {
      const request = (await stores.requests.get(requestId))!;
      await recordTransition(stores, {
        request,
        to,
        actorRef: null,
        event: { kind: 'stateChanged', text: `Is ${to}` },
      });
    });
    // The portal knows of what it commits itself, and then tells everything.
    await world
      .post(`/requests/${requestId}/comments`, 'ana', { text: 'And now?' })
      .expect(200);
  }

  async function untilSettled(requestId: string) {
    for (;;) {
      const { body } = await world.get(`/requests/${requestId}`, 'ana');
      const { followUp } = body;
      if (['started', 'notStarted'].includes(followUp?.state)) return followUp;
      await setTimeout(10);
    }
  }

  it('security rule 3: are part of the plan, by content and values', async () => {
    const [first, same, otherValues, none] = await Promise.all(
      [
        { followUp: { template: 'create-service', values } },
        { followUp: { template: 'Template:default/create-service', values } },
        { followUp: { template: 'create-service', values: { name: 'x' } } },
        {},
      ].map(async body => (await preview(body).expect(200)).body),
    );
    expect(first.plan.followUp).toEqual({
      template: 'template:default/create-service',
      contentDigest: expect.stringMatching(/^[\da-f]{64}$/),
      values,
    });
    expect(first.plan.sentences).toContain(
      'When the access is usable, template:default/create-service is started with {"name":"ledger"}.',
    );
    expect(same.digest).toBe(first.digest);
    expect(new Set([first.digest, otherValues.digest, none.digest]).size).toBe(
      3,
    );
  });

  it('are for listed templates that the catalog has', async () => {
    for (const [name, message] of [
      ['unlisted', 'template:default/unlisted may not follow a request.'],
      ['gone', 'The catalog has no template:default/gone.'],
    ]) {
      const { body } = await preview({ followUp: { template: name } });
      expect(body).toMatchObject({
        outcome: 'cannotFile',
        problems: [{ path: 'followUp.template', message }],
      });
    }
    await preview({
      followUp: { template: 'deploy', values: { name: 'a\u202eb' } },
    }).expect(400);
    const reserved = await preview({
      followUp: { template: 'deploy', values: { awsAccess: {} } },
    }).expect(400);
    expect(reserved.body.error.message).toContain('must not contain awsAccess');
  });

  it('are seen by a person: no rule approves them', async () => {
    const { changes } = fileInput({ accountIds: ['999900001111'] } as never);
    const { body: without } = await preview({ changes });
    const { body: withOne } = await preview({
      changes,
      followUp: { template: 'deploy' },
    });
    expect([without.outcome, withOne.outcome]).toEqual([
      'autoApproved',
      'needsApproval',
    ]);
  });

  it('start once, as the plugin, when the access is usable', async () => {
    const requestId = await makeUsable({ template: 'create-service', values });
    const before = await world.get(`/requests/${requestId}`, 'ana');
    expect(before.body.followUp.state).toBe('planned');
    expect(started).toEqual([]);

    await move(requestId, 'active');

    expect(await untilSettled(requestId)).toEqual({
      template: 'template:default/create-service',
      state: 'started',
      taskId: 'task-1',
      detail: null,
    });
    expect(started).toEqual([
      {
        by: expect.not.stringContaining('user:'),
        body: {
          templateRef: 'template:default/create-service',
          values: {
            name: 'ledger',
            awsAccess: {
              requestId,
              requestNumber: expect.any(Number),
              requestUrl: `/aws-access/requests/${requestId}`,
              requester: 'user:default/ana',
              team: 'group:default/payments',
              approvers: ['user:default/otto'],
            },
          },
        },
      },
    ]);
    expect(await world.stores.followUps.listWaiting(10)).toEqual([]);
    expect(await world.stores.followUps.take(requestId)).toBe(false);
    const events = await world.get(
      `/audit?requestId=${requestId}&kind=follow-up.started`,
      'sia',
    );
    expect(events.body.items).toHaveLength(1);
  });

  it('start when what leaves nothing to hold is done', async () => {
    const requestId = await makeUsable({ template: 'deploy' });
    await move(requestId, 'ended');
    expect(await untilSettled(requestId)).toMatchObject({ state: 'started' });
    expect(started).toHaveLength(1);
  });

  it('are taken by one replica only', async () => {
    const requestId = await makeUsable({ template: 'deploy' });
    await world.stores.followUps.queue(requestId);
    await world.stores.followUps.queue(requestId);
    const takes = await Promise.all(
      [1, 2, 3].map(() => world.stores.followUps.take(requestId)),
    );
    // The portal's own worker may have been faster than all three.
    expect(takes.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  it('are not started again when a replica died over them', async () => {
    const requestId = await makeUsable({ template: 'deploy' });
    await world.stores.followUps.queue(requestId);
    await world.stores.followUps.take(requestId);
    expect(await world.stores.followUps.listLost(600)).toEqual([]);
    await knex('aws_access_follow_ups')
      .where('request_id', requestId)
      .update({ changed_at: '2000-01-01T00:00:00.000Z' });
    expect(await world.stores.followUps.listLost(600)).toEqual([requestId]);
    await move(requestId, 'active');
    expect(await untilSettled(requestId)).toMatchObject({
      state: 'notStarted',
      detail: expect.stringContaining('may have been started or not'),
    });
    expect(started).toEqual([]);
  });

  it('change nothing of the access when the scaffolder refuses', async () => {
    status = 400;
    const requestId = await makeUsable({ template: 'deploy' });
    await move(requestId, 'active');
    expect(await untilSettled(requestId)).toMatchObject({
      state: 'notStarted',
      taskId: null,
      detail: 'The scaffolder refused it with status 400.',
    });
    const { body } = await world.get(`/requests/${requestId}`, 'ana');
    expect(body.state).toBe('active');
    expect(started).toHaveLength(1);
  });

  it('do not start a template that is not the one that was approved', async () => {
    const requestId = await makeUsable({ template: 'deploy' });
    const deploy = world.entities.find(
      ({ metadata }) => metadata.name === 'deploy',
    )!;
    deploy.spec = { steps: [{ action: 'debug:log' }] };
    await move(requestId, 'active');
    expect(await untilSettled(requestId)).toMatchObject({
      state: 'notStarted',
      detail: 'The template has changed since it was approved.',
    });
    expect(started).toEqual([]);
  });

  it('are wished again when the request is filed once more', async () => {
    const followUp = { template: 'create-service', values };
    const { body: filed } = await world
      .post('/requests', 'ana', { ...fileInput(), followUp })
      .expect(200);
    await world.post(`/requests/${filed.id}/withdraw`, 'ana').expect(200);
    const { body: again } = await world
      .post(`/requests/${filed.id}/resubmit`, 'ana', {
        idempotencyKey: randomUUID(),
      })
      .expect(200);
    expect(again.plan.followUp).toEqual(filed.plan.followUp);
  });

  it('keep other requests as they are', async () => {
    const request = await world.file('ana', {
      accountId: example.dataDev,
    } as never);
    expect(request).not.toHaveProperty('followUp');
    expect(request.plan).not.toHaveProperty('followUp');
  });
});
