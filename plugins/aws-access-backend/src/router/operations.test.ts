import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { DatabaseLiveAccessStore } from '../operations/DatabaseLiveAccessStore';
import { sayHeldAccess } from '../operations/sayHeldAccess';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();
const PARCEL = `/operations/${example.organizationId}`;
const LONG_AGO = '2000-01-01T00:00:00.000Z';

describe.each(databases.ids)('operations, on %s', databaseId => {
  let world: RequestWorld;
  let knex: Awaited<ReturnType<typeof databases.initMigrated>>;

  const send = jest.fn().mockResolvedValue(undefined);

  beforeAll(async () => {
    knex = await databases.initMigrated(databaseId);
    world = await RequestWorld.start(knex, {
      features: [
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send }),
        }),
      ],
      awsAccess: {
        roles: {
          operator: ['user:default/ida'],
          security: ['user:default/sia'],
        },
      },
    });
  });
  afterAll(() => world.stop());

  const describeParcel = async (caller: string) => {
    const { body } = await world.get('/operations', caller).expect(200);
    return { ...body, parcel: body.items[0] };
  };

  it('shows stuck and overdue requests with the step that keeps them, and raw messages to operators only', async () => {
    const stuck = await world.file('ana');
    const late = await world.file('ana');
    const fine = await world.file('ana');
    await knex('aws_access_requests')
      .where({ id: stuck.id })
      .update({ state: 'stuck' });
    await knex('aws_access_requests')
      .where({ id: late.id })
      .update({ state: 'active', ends_at: LONG_AGO });
    await knex('aws_access_requests')
      .where({ id: fine.id })
      .update({ state: 'approved', approved_at: LONG_AGO });
    await knex('aws_access_authorizations').insert({
      id: 'authorization',
      organization_id: example.organizationId,
      request_id: stuck.id,
      kind: 'grant',
      plan_version: 1,
      plan_digest: 'd',
      created_at: LONG_AGO,
    });
    await knex('aws_access_steps').insert(
      ['done', 'failed', 'pending'].map((state, position) => ({
        id: `step-${position}`,
        organization_id: example.organizationId,
        request_id: stuck.id,
        authorization_id: 'authorization',
        phase: 'grant',
        position,
        kind: 'ensureAssignment',
        title: `Step ${position}`,
        input: '{}',
        state,
        detail: state === 'failed' ? 'AWS says no' : null,
        cloud_message: state === 'failed' ? 'AccessDenied: raw' : null,
      })),
    );

    const { parcel, canStopWrites } = await describeParcel('ida');
    expect(canStopWrites).toBe(true);
    expect(parcel.stuck).toEqual([
      expect.objectContaining({
        id: stuck.id,
        number: stuck.number,
        step: 'Step 1',
        reason: 'AWS says no',
        cloudMessage: 'AccessDenied: raw',
      }),
    ]);
    expect(parcel.overdue.map(({ id }: { id: string }) => id)).toEqual([
      late.id,
    ]);
    expect(parcel.queue).toMatchObject({
      approved: 1,
      oldestApprovedAt: LONG_AGO,
      openSteps: 1,
    });
    const seenBySecurity = await describeParcel('sia');
    expect(seenBySecurity.parcel.stuck[0]).toMatchObject({
      reason: 'AWS says no',
      cloudMessage: null,
    });
    await world.get('/operations', 'ana').expect(403);
  });

  it('security rule 22: stops writes for a time, with a reason and an audit row, and resumes them', async () => {
    const stop = {
      kind: 'everything',
      reason: 'AWS has an incident',
      duration: 'PT2H',
    };
    const { body } = await world
      .post(`${PARCEL}/stop`, 'ida', stop)
      .expect(200);
    const [shown] = body.items[0].stops;
    expect(shown).toMatchObject({
      kind: 'everything',
      reason: 'AWS has an incident',
      stoppedBy: 'user:default/ida',
    });
    expect(Date.parse(shown.until) - Date.parse(shown.since)).toBeCloseTo(
      2 * 60 * 60 * 1000,
      -3,
    );
    // Who waits reads it first, not only in the step that is kept.
    const waits = await world.file('ana');
    for (const state of ['approved', 'provisioning', 'ending']) {
      await knex('aws_access_requests')
        .where({ id: waits.id })
        .update({ state });
      const { body: kept } = await world.get(`/requests/${waits.id}`, 'ana');
      expect(kept.stateReason).toMatch(
        /^An operator has stopped all writes until .* UTC: AWS has an incident\.$/,
      );
    }
    await knex('aws_access_requests')
      .where({ id: waits.id })
      .update({ state: 'withdrawn' });
    const audited = await world.stores.audit.list({
      kind: 'operations.writes-stopped',
      limit: 10,
    });
    expect(audited).toMatchObject([
      { actor: 'user:default/ida', data: { kind: 'everything' } },
    ]);

    await world
      .post(`${PARCEL}/resume`, 'sia', { kind: 'everything' })
      .expect(200);
    expect((await describeParcel('ida')).parcel.stops).toEqual([]);
    await world
      .post(`${PARCEL}/resume`, 'sia', { kind: 'everything' })
      .expect(404);

    expect(
      send.mock.calls
        .map(([sent]) => sent)
        .filter(({ payload }) => payload.topic === 'aws-access-stopped'),
    ).toMatchObject([
      {
        recipients: { entityRef: ['user:default/ida', 'user:default/sia'] },
        payload: {
          title: expect.stringMatching(
            /^All writes to parcel are stopped until .* UTC$/,
          ),
          description: 'Ida Iversen has stopped it: AWS has an incident',
          link: '/aws-access/operations',
        },
      },
      {
        payload: {
          title: 'All writes to parcel go on',
          description: 'Sia Sand has ended the stop.',
        },
      },
    ]);
  });

  it('lets a held mandate and an exhausted hour go on at an operator’s word, with an audit row', async () => {
    const request = await world.file('ana');
    await knex('aws_access_requests')
      .where({ id: request.id })
      .update({ state: 'active' });
    await world.stores.mandates.insert(
      {
        id: 'mandate',
        organizationId: example.organizationId,
        requestId: request.id,
        objectKey: 'scope',
        ownerRef: 'user:default/ana',
        ceiling: 10,
        approvedAt: LONG_AGO,
        startsAt: LONG_AGO,
        endsAt: null,
        kind: 'team',
        document: { accessGroup: 'g', team: 'group:default/payments' },
      },
      [],
    );
    await world.stores.mandates.hold('mandate', 'Too many left.');
    const { parcel } = await describeParcel('ida');
    expect(parcel.held).toEqual([
      expect.objectContaining({
        mandateId: 'mandate',
        number: request.number,
        reason: 'Too many left.',
      }),
    ]);
    const release = { requestId: request.id, mandateId: 'mandate' };
    await world.post(`${PARCEL}/release`, 'ida', release).expect(200);
    expect((await describeParcel('ida')).parcel.held).toEqual([]);
    await world.post(`${PARCEL}/release`, 'ida', release).expect(404);

    await world.post(`${PARCEL}/go-on`, 'ida').expect(200);
    const audited = await world.stores.audit.list({
      organizationId: example.organizationId,
      limit: 2,
    });
    expect(audited.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['operations.writes-go-on', 'user:default/ida'],
      ['mandate.released', 'user:default/ida'],
    ]);
  });

  it('says where access is live that nothing takes away, on the page and in the log', async () => {
    const holders = [await world.file('ana'), await world.file('ana')];
    await knex('aws_access_leases').insert(
      holders.map(({ id }, index) => ({
        id: `lease-${index}`,
        organization_id: 'bought',
        request_id: id,
        object_key: 'object',
        object_kind: 'membership',
        object: '{}',
        team_ref: 'group:default/payments',
        starts_at: LONG_AGO,
        ends_at: index === 0 ? LONG_AGO : null,
      })),
    );
    const { body } = await world.get('/operations', 'ida').expect(200);
    expect(body.unconfigured).toEqual([
      { id: 'bought', requests: 2, overdueRequests: 1 },
    ]);
    const logged = async (organizations: object) => {
      const logger = mockServices.logger.mock();
      await sayHeldAccess({
        organizations: organizations as never,
        liveAccess: new DatabaseLiveAccessStore(knex),
        logger,
      });
      return logger.error.mock.calls.map(([message]) => message);
    };
    expect(await logged({})).toEqual([
      "The organization 'bought' is not in the configuration, and access is live there: 2 leases of 2 requests, 1 of them past their end. Nothing is taken away",
    ]);
    expect(await logged({ bought: { writes: 'dry-run' } })).toEqual([
      expect.stringContaining('has writes: dry-run, and access is live there'),
    ]);
    expect(await logged({ bought: { writes: 'on' } })).toEqual([]);
    await knex('aws_access_leases').delete();
  });

  it('says how calls go, and whether the replica that says it works for the organization', async () => {
    const { parcel } = await describeParcel('ida');
    expect(parcel.throttling).toEqual({
      replica: expect.stringContaining(`process ${process.pid}`),
      since: expect.any(String),
      services: ['sso-admin', 'identitystore', 'organizations', 'graph'].map(
        service =>
          expect.objectContaining({
            service,
            refusedInLastHour: 0,
            requestsPerSecond: expect.any(Number),
            fullRequestsPerSecond: service === 'graph' ? 240 : 18,
          }),
      ),
    });
    await knex('aws_access_organizations')
      .where({ id: example.organizationId })
      .update({
        claim_owner: 'another replica',
        claim_until: '2100-01-01T00:00:00.000Z',
      });
    expect((await describeParcel('ida')).parcel.worker).toMatchObject({
      isThisReplica: false,
    });
    await knex('aws_access_organizations').update({
      claim_owner: null,
      claim_until: null,
    });
  });

  it('forgets a stop when its time is over, and refuses one without a reason, an end or an organization', async () => {
    const stop = { kind: 'grants', reason: 'Drill', duration: 'PT1H' };
    await world.post(`${PARCEL}/stop`, 'ida', stop).expect(200);
    await knex('aws_access_write_stops').update({ until: LONG_AGO });
    expect((await describeParcel('ida')).parcel.stops).toEqual([]);

    const refused = async (path: string, body: object) =>
      (await world.post(path, 'ida', body)).body.error?.message;
    expect(await refused(`${PARCEL}/stop`, { ...stop, reason: ' ' })).toMatch(
      /^reason: must not be empty/,
    );
    expect(
      await refused(`${PARCEL}/stop`, { ...stop, duration: 'P8D' }),
    ).toMatch(/^duration: must be at most P7D/);
    await world.post('/operations/other/stop', 'ida', stop).expect(404);
    await world
      .post(`${PARCEL}/stop`, 'ida via plugin:scaffolder', stop)
      .expect(403);
  });
});
