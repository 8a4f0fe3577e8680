import {
  Change,
  Overlap,
  RequestDetail,
} from 'backstage-plugin-aws-access-common';
import { exampleGroups } from 'backstage-plugin-aws-access-sandbox';
import { setTimeout } from 'node:timers/promises';
import { createTestDatabases } from '../testing/databases';
import { ReadWorld } from '../testing/ReadWorld';
import { fileInput } from '../testing/RequestWorld';

const databases = createTestDatabases();

// Real steps against a sandbox, some of which wait for AWS and SCIM.
jest.setTimeout(60_000);

/** Otto owns it. */
const DATA_DEV = '555566669999';
/** Petra owns it. */
const PAYMENTS_STAGING = '111122224444';
/** Walter owns it. */
const SHOP_DEV = '777788881111';
/** A group with access to Petra's account. */
const DATABASE_ADMINS = exampleGroups.find(
  ({ displayName }) => displayName === 'AWS-Payments-DatabaseAdmin',
)!.entraId;

describe.each(databases.ids)('ending access in some accounts on %s', id => {
  let world: ReadWorld;

  beforeAll(async () => {
    world = await ReadWorld.start(await databases.initMigrated(id), {
      organization: { writes: 'on' },
    });
  });
  afterAll(() => world.stop());

  const read = async (request: string, reader = 'ana') =>
    (await world.get(`/requests/${request}`, reader).expect(200))
      .body as RequestDetail;

  const untilState = async (request: string, state: string) => {
    for (;;) {
      const row = await world.stores.requests.get(request);
      if (row?.state === 'stuck') throw new Error(row.stateReason!);
      if (row?.state === state) return read(request);
      // SCIM carries to AWS with its cycle who has left a group.
      if (state === 'ended') world.sandbox.clock.advance(60_000);
      await setTimeout(20);
    }
  };

  const readOnly = async () => {
    const { body } = await world.get('/permission-sets?search=ReadOnly', 'ana');
    return body.items[0].arn as string;
  };

  const approve = async (
    input: ReturnType<typeof fileInput>,
    owners: string[],
  ) => {
    const { body: filed } = await world
      .post('/requests', 'ana', input)
      .expect(200);
    for (const owner of owners) {
      await world
        .post(`/requests/${filed.id}/decisions`, owner, {
          verdict: 'approve',
          planVersion: filed.planVersion,
          planDigest: filed.planDigest,
        })
        .expect(200);
    }
    return untilState(filed.id, 'active');
  };

  /** Active access of Ana to an account of Otto's and one of Petra's. */
  const give = async () =>
    approve(
      fileInput({
        permissionSet: await readOnly(),
        accountIds: [DATA_DEV, PAYMENTS_STAGING],
      }),
      ['otto', 'petra'],
    );

  /** Accounts for Ana, and for somebody Petra's by a group that has it anyway. */
  const giveByGroup = async (
    person: string,
    accountIds: string[],
    owners: string[],
  ) => {
    const input = fileInput({ permissionSet: await readOnly(), accountIds });
    const joins: Change = {
      kind: 'membership',
      accessGroup: { entraGroupId: DATABASE_ADMINS },
      people: [`user:default/${person}`],
    };
    return approve({ ...input, changes: [...input.changes, joins] }, [
      ...owners,
      'petra',
    ]);
  };

  const liveAccounts = async (request: string) =>
    (await world.stores.leases.listOfRequest(request))
      .filter(({ endedAt }) => endedAt === null)
      .flatMap(({ object }) => ('accountId' in object ? object.accountId : []))
      .sort();

  it('security rule 25: an owner ends what lies in their own accounts, and the rest stays', async () => {
    const request = await give();
    // The server says beforehand what would end.
    expect((await read(request.id, 'otto')).flags).toMatchObject({
      canReturn: true,
      endsOnly: [{ id: DATA_DEV }],
    });
    expect((await read(request.id, 'petra')).flags).toMatchObject({
      endsOnly: [{ id: PAYMENTS_STAGING }],
      returnReason: expect.stringMatching(
        /^All of it can be ended by who asked for it, by security/,
      ),
    });
    for (const reader of ['ana', 'sia']) {
      expect((await read(request.id, reader)).flags).toMatchObject({
        canReturn: true,
        endsOnly: null,
      });
    }

    const { body: after } = await world
      .post(`/requests/${request.id}/return`, 'otto', { reason: 'Too wide' })
      .expect(200);
    expect(after.state).toBe('active');
    const said = after.timeline.find(
      ({ kind }: { kind: string }) => kind === 'returned',
    );
    expect(said).toMatchObject({ actor: { entityRef: 'user:default/otto' } });
    expect(said.text).toMatch(
      /^Otto Olsen took the access in data-dev \(555566669999\) away: Too wide\. That part ends as request \d+\.$/,
    );
    expect(await liveAccounts(request.id)).toEqual([PAYMENTS_STAGING]);

    const { items } = (await world.get('/requests?view=all', 'sia')).body;
    const part = items.find(
      ({ title }: { title: string }) =>
        title ===
        `The part of request ${request.number} in data-dev, ended by its owner`,
    );
    const { endedParts, goesOn, title } = await read(request.id);
    // As approved, and beside it what is left.
    expect(title).toContain('data-dev');
    expect(goesOn!.title).toBe(
      `Ana Alves asks for ReadOnly (read) on payments-staging (${PAYMENTS_STAGING}) for 8 hr`,
    );
    expect(
      items.find((item: { id: string }) => item.id === request.id).goesOn,
    ).toEqual({ title: goesOn!.title });
    expect(goesOn!.changes).toContainEqual(
      expect.objectContaining({
        kind: 'assignment',
        accounts: { kind: 'named', accountIds: [PAYMENTS_STAGING] },
      }),
    );
    expect(endedParts).toEqual([
      {
        accounts: [expect.objectContaining({ id: DATA_DEV })],
        at: expect.any(String),
        by: { entityRef: 'user:default/otto', displayName: 'Otto Olsen' },
        request: { id: part.id, number: part.number },
      },
    ]);
    // Where it has ended, it is not access that overlaps with what is asked for.
    const overlapsIn = async (accountId: string) => {
      const { body } = await world
        .post(
          '/requests/preview',
          'ana',
          fileInput({
            permissionSet: await readOnly(),
            accountIds: [accountId],
          }),
        )
        .expect(200);
      return (body.overlaps as Overlap[]).filter(one => one.id === request.id);
    };
    expect(await overlapsIn(DATA_DEV)).toEqual([]);
    expect(await overlapsIn(PAYMENTS_STAGING)).toMatchObject([
      { text: goesOn!.title },
    ]);
    // Nobody approved the end, and more time is for what is left.
    expect(await read(part.id)).toMatchObject({
      partOf: { id: request.id, number: request.number },
      flags: { canResubmit: false },
      stages: [],
    });
    const { body: longer } = await world
      .post(`/requests/${request.id}/extend`, 'ana', {
        idempotencyKey: 'more-time-for-the-rest',
        justification: 'The migration takes longer',
        duration: 'PT1H',
      })
      .expect(200);
    expect(
      longer.accounts.map((account: { id: string }) => account.id),
    ).toEqual([PAYMENTS_STAGING]);
    await world.post(`/requests/${longer.id}/withdraw`, 'ana').expect(200);
    await untilState(part.id, 'ended');
    const entries = async () =>
      (await world.get('/access?user=ana', 'ana')).body.items
        .filter(
          ({ requestId }: { requestId: string }) => requestId === request.id,
        )
        .map(({ account }: { account: { id: string } }) => account.id);
    while ((await entries()).includes(DATA_DEV)) await setTimeout(20);
    expect(await entries()).toEqual([PAYMENTS_STAGING]);
    expect((await read(request.id)).state).toBe('active');

    const left = await read(request.id);
    expect(left.consoleUrls.map(one => one.accountId)).toEqual([
      PAYMENTS_STAGING,
    ]);
    expect((await read(request.id, 'otto')).flags).toMatchObject({
      canReturn: false,
      endsOnly: null,
      returnReason: expect.stringContaining('has ended; the rest goes on'),
    });
    // Nothing of Otto's is left to end; what Petra's ends is the last of it.
    const again = await world
      .post(`/requests/${request.id}/return`, 'otto')
      .expect(409);
    expect(again.body.error.message).toContain('gives nothing there any more');
    await world.post(`/requests/${request.id}/return`, 'petra').expect(200);
    await untilState(request.id, 'ended');
    const audit = await world.get('/audit/verify', 'sia').expect(200);
    expect(audit.body.verdict).toBe('consistent');
  });

  it('security rule 25: owners end, one after the other, only their part of what also comes by a group', async () => {
    const request = await giveByGroup(
      'ana',
      [DATA_DEV, SHOP_DEV],
      ['otto', 'walter'],
    );
    const isMember = async () =>
      (await world.stores.leases.listOfRequest(request.id)).some(
        ({ object, endedAt }) =>
          object.kind === 'membership' &&
          object.entraGroupId === DATABASE_ADMINS &&
          endedAt === null,
      );
    const path = `/requests/${request.id}/return`;
    expect((await read(request.id, 'walter')).flags.endsOnly).toMatchObject([
      { id: SHOP_DEV },
    ]);
    await world.post(path, 'walter', { endsOnly: [SHOP_DEV] }).expect(200);
    expect((await read(request.id, 'otto')).flags.endsOnly).toMatchObject([
      { id: DATA_DEV },
    ]);
    await world.post(path, 'otto', { endsOnly: [DATA_DEV] }).expect(200);
    expect((await read(request.id)).state).toBe('active');
    expect(await isMember()).toBe(true);

    // Petra's part hangs on the membership, which her account is not alone in.
    expect((await read(request.id, 'petra')).flags).toMatchObject({
      canReturn: false,
      returnReason: expect.stringMatching(/comes by a group that had it/),
    });
    const refused = await world.post(path, 'petra').expect(403);
    expect(refused.body.error.message).toMatch(
      /comes by a group that had it before.*by security/,
    );
    expect(await isMember()).toBe(true);
    await world.post(path, 'sia').expect(200);
    await untilState(request.id, 'ended');
    expect(await isMember()).toBe(false);
  });

  it('security rule 25: the owner of the one account that was assigned ends nothing that comes by a group', async () => {
    const request = await giveByGroup('ben', [DATA_DEV], ['otto']);
    const path = `/requests/${request.id}/return`;
    expect((await read(request.id, 'otto')).flags.endsOnly).toMatchObject([
      { id: DATA_DEV },
    ]);
    // Nobody ends more than they were told, whoever they are.
    for (const [caller, endsOnly] of [
      ['ana', [DATA_DEV]],
      ['sia', [DATA_DEV]],
      ['otto', [SHOP_DEV]],
    ] as const) {
      const { body } = await world.post(path, caller, { endsOnly }).expect(409);
      expect(body.error.message).toContain('Nothing has ended');
    }
    expect(await liveAccounts(request.id)).toContain(DATA_DEV);

    await world.post(path, 'otto').expect(200);
    const after = await read(request.id);
    expect(after.state).toBe('active');
    expect(await liveAccounts(request.id)).not.toContain(DATA_DEV);
    const entries = (await world.get('/access?user=ben', 'ben')).body.items;
    expect(entries).toContainEqual(
      expect.objectContaining({
        account: expect.objectContaining({ id: PAYMENTS_STAGING }),
        permissionSet: expect.objectContaining({ name: 'DatabaseAdmin' }),
      }),
    );
    await world.post(path, 'ana').expect(200);
    await untilState(request.id, 'ended');
  });

  it('security rule 25: security, and who asked for it, end all of it', async () => {
    for (const caller of ['sia', 'ana']) {
      const request = await give();
      const { body } = await world
        .post(`/requests/${request.id}/return`, caller)
        .expect(200);
      expect(body.state).toBe('ending');
      await untilState(request.id, 'ended');
      expect(await liveAccounts(request.id)).toEqual([]);
    }
  });
});
