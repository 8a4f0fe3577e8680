import { Change, RequestSummary } from 'backstage-plugin-aws-access-common';
import {
  exampleClouds,
  exampleGroups,
} from 'backstage-plugin-aws-access-sandbox';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createTestDatabases } from '../testing/databases';
import { accountId, permissionSetArn } from '../testing/planOf';
import { ReadWorld } from '../testing/ReadWorld';

const databases = createTestDatabases();

// Real steps against a sandbox, some of which wait for AWS and SCIM.
jest.setTimeout(120_000);

const dataDev = {
  kind: 'named' as const,
  accountIds: [accountId('data-dev')],
};
const readOnly = { arn: permissionSetArn('ReadOnly') };

describe.each(databases.ids)('through the whole plugin, on %s', id => {
  let world: ReadWorld;
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    world = await ReadWorld.start(knex, {
      organization: { writes: 'on' },
      // Who asks about a group must be able to read who is in it.
      leads: { data: ['ana'] },
    });
  });
  afterAll(() => world.stop());

  async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      await setTimeout(20);
    }
  }
  async function approve(request: {
    id: string;
    planVersion: number;
    planDigest: string;
  }) {
    const { planVersion, planDigest } = request;
    await world
      .post(`/requests/${request.id}/decisions`, 'otto', {
        verdict: 'approve',
        planVersion,
        planDigest,
      })
      .expect(200);
  }
  async function untilState(requestId: string, state: string) {
    return until(async () => {
      const row = (await world.stores.requests.get(requestId))!;
      if (row.state === state) return row;
      // SCIM carries to AWS with its cycle who has left a group.
      if (state === 'ended') world.sandbox.clock.advance(60_000);
      if (['stuck', 'denied', 'lapsed'].includes(row.state)) {
        throw new Error(`${row.state}: ${row.stateReason}`);
      }
      // The inventory had not followed the last change when this was planned.
      if (row.state === 'pending') await approve(row);
      return undefined;
    });
  }
  /** Files as Ana; what the inventory does not know yet, it will soon. */
  async function ask(
    changes: Change[],
    duration: string | null,
  ): Promise<string> {
    const filed = await until(async () => {
      // Entra takes five calls on demand in ten seconds of its own time.
      world.sandbox.clock.advance(10_000);
      const answer = await world.post('/requests', 'ana', {
        team: 'group:default/payments',
        justification: 'A test asks for it',
        duration,
        changes,
        idempotencyKey: randomUUID(),
      });
      if (answer.status === 200) return answer.body;
      const isUnread =
        answer.text.includes('it has not been read') ||
        answer.text.includes('it touches no account');
      if (isUnread) return undefined;
      throw new Error(answer.text);
    });
    await approve(filed);
    return filed.id;
  }

  it('makes, joins, elevates and takes away again', async () => {
    const first = await ask(
      [
        {
          kind: 'accessGroup',
          key: 'access',
          members: { kind: 'people', people: ['user:default/ana'] },
        },
        {
          kind: 'assignment',
          accessGroup: { change: 'access' },
          permissionSet: readOnly,
          accounts: dataDev,
        },
      ],
      'PT8H',
    );
    await untilState(first, 'active');
    const leases = await world.stores.leases.listOfRequest(first);
    const entraGroupId = leases.flatMap(({ object }) =>
      object.kind === 'accessGroup' ? object.entraGroupId! : [],
    )[0];
    const group = { entraGroupId };

    const joined = await ask(
      [
        {
          kind: 'membership',
          accessGroup: group,
          people: ['user:default/ben'],
        },
      ],
      'PT4H',
    );
    await untilState(joined, 'active');

    const elevated = await ask(
      [
        {
          kind: 'elevation',
          people: ['user:default/ana'],
          permissionSet: { arn: permissionSetArn('PowerUser') },
          accounts: dataDev,
        },
      ],
      'PT1H',
    );
    await untilState(elevated, 'active');
    const end = { ends_at: '2000-01-01T00:00:00.000Z' };
    await knex('aws_access_requests').where('id', elevated).update(end);
    await knex('aws_access_leases').where('request_id', elevated).update(end);
    await untilState(elevated, 'ended');

    const left = await ask(
      [
        {
          kind: 'removeMembership',
          accessGroup: group,
          people: ['user:default/ben'],
        },
      ],
      null,
    );
    await untilState(left, 'ended');
    await untilState(joined, 'ended');

    const gone = await ask(
      [{ kind: 'removeAccessGroup', accessGroup: group }],
      null,
    );
    await untilState(gone, 'ended');
    await untilState(first, 'ended');

    const { items } = (await world.get('/requests', 'ana').expect(200)).body;
    const done = (items as RequestSummary[]).filter(({ isDone }) => isDone);
    expect(done.map(request => request.id)).toEqual([gone, left]);
    const audit = await world.get('/audit/verify', 'sia').expect(200);
    expect(audit.body.verdict).toBe('consistent');
  });

  it('security rule 18: adopts what somebody else made, and then removes it', async () => {
    const { entraId: entraGroupId } = exampleGroups.find(
      ({ displayName }) => displayName === 'AWS-Data-DataScientist',
    )!;
    const accessGroup = { entraGroupId };
    const adopts: Change[] = [{ kind: 'adoptAccessGroup', accessGroup }];
    const body = {
      team: 'group:default/payments',
      justification: 'A test asks for it',
      duration: null,
      changes: adopts,
      idempotencyKey: randomUUID(),
    };
    const refused = await world.post('/requests', 'ana', body).expect(400);
    expect(refused.text).toContain('Somebody else owns the group');

    world.sandbox.store.run(
      'UPDATE entra_group_owners SET owner_id = ?, owner_type = ? WHERE group_id = ?',
      [
        exampleClouds.entra.portal.servicePrincipalId,
        'servicePrincipal',
        entraGroupId,
      ],
    );
    await world.post('/inventory/refresh', 'ida').expect(202);
    await until(async () => {
      const preview = await world.post('/requests/preview', 'ana', body);
      return preview.body.problems.length === 0 || undefined;
    });
    const adopted = await ask(adopts, null);
    await untilState(adopted, 'active');
    const leases = await world.stores.leases.listOfRequest(adopted);
    expect(new Set(leases.map(({ object }) => object.kind))).toEqual(
      new Set([
        'accessGroup',
        'applicationAssignment',
        'membership',
        'accountAssignment',
      ]),
    );

    const gone = await ask([{ kind: 'removeAccessGroup', accessGroup }], null);
    await untilState(gone, 'ended');
    await untilState(adopted, 'ended');
  });
});
