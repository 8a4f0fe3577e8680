import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { RequestRow } from '../requests/stores/RequestStore';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { Pause } from '../testing/Pause';
import { planOf } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(120_000);

const NOTHING = { groups: 0, members: [], inApplication: false, accounts: [] };
const TENANT = planOf({ groupName: 'any' }).organization.tenantId;
const OTHER_TENANT = '99999999-0000-4000-8000-000000000000';

describe('the trouble of one cloud', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;
  let count = 0;

  const uniqueGroupName = () => `AWS-Test-Apart-${(count += 1)}`;
  const open = async (id: (typeof databases.ids)[number]) => {
    // Entra takes five calls on demand in ten seconds of its own time.
    sandbox.clock.advance(10_000);
    world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
  };
  const refuseCredentials = (cloud: 'aws' | 'graph') =>
    sandbox.weather.set({
      rules: [{ match: { cloud }, fault: { type: 'expiredCredentials' } }],
    });
  const failAll = (cloud: 'aws' | 'graph') =>
    sandbox.weather.set({
      rules: [{ match: { cloud }, fault: { type: 'error', status: 503 } }],
    });
  const calmDown = () => sandbox.weather.set({});
  const setTenant = (id: string) =>
    sandbox.store.run('UPDATE entra_tenant SET id = ?', [id]);

  const untilStep = (requestId: string, detail: RegExp) =>
    world.until(async () => {
      const steps = await world.stores.provisioning.listSteps(requestId);
      return steps.find(
        step => step.state === 'waiting' && detail.test(step.detail ?? ''),
      );
    }, `a step that waits: ${detail}`);
  const turnsOf = async (requestId: string) =>
    (await world.stores.requests.listTimeline(requestId)).map(
      ({ kind }) => kind,
    );
  /** What operators were told since the last time. */
  const toldOperators = async () =>
    (await world.stores.outbox.claim(1000)).flatMap(({ message }) =>
      message.kind === 'notification' && message.topic === 'limit'
        ? [message]
        : [],
    );
  const listGraphRemovals = (requestId: string) =>
    world
      .knex({ intent: 'aws_access_intents' })
      .join('aws_access_steps as step', 'step.id', 'intent.step_id')
      .where({ 'step.request_id': requestId, 'step.phase': 'removal' })
      .where('intent.operation', 'like', 'graph:%')
      .select('intent.operation');

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(async () => {
    calmDown();
    setTenant(TENANT);
    await world.stop();
  });
  afterAll(() => sandbox.stop());

  describe.each(databases.ids)('on %s', databaseId => {
    it.each([
      [
        'aws',
        'createAccountAssignment',
        'The temporary AWS credentials of this product have expired',
        'ExpiredTokenException',
      ],
      [
        'graph',
        'addMember',
        'Microsoft Graph does not accept the credentials of this product',
        'InvalidAuthenticationToken',
      ],
    ] as const)(
      'lets a grant wait while %s refuses the credentials, and go on without anybody when it takes them',
      async (cloud, method, words, code) => {
        await open(databaseId);
        const groupName = uniqueGroupName();
        const request = await world.approve({ groupName });
        const pause = new Pause(method);
        world.engine({ clouds: pause.clouds(world.provider()) }).start();
        await pause.reached;
        refuseCredentials(cloud);
        pause.goOn();
        const step = await untilStep(request.id, new RegExp(`^${words}`));
        expect(step.detail).toBe(
          `${words}. It goes on by itself when whoever runs the portal has put the credentials right.`,
        );
        expect(step.cloudMessage).toContain(code);
        expect(await toldOperators()).toEqual([
          expect.objectContaining({
            title: 'Writes to parcel wait for you',
            description: step.detail,
          }),
        ]);

        calmDown();
        await world.untilState(request.id, 'active');
        expect((await world.look(groupName)).members).toEqual(['ana']);
        const turns = await turnsOf(request.id);
        expect(turns).not.toContain('stuck');
        expect(turns).not.toContain('retried');
      },
    );

    it('takes people out of a group while AWS refuses the credentials, and the rest without anybody when it takes them', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      world.engine().start();
      await world.untilState(request.id, 'active');
      refuseCredentials('aws');
      await world.passEnd(request.id);
      await untilStep(request.id, /^The temporary AWS credentials/);
      await world.until(
        async () => (await listGraphRemovals(request.id)).length > 0,
        'the member to be taken out in Entra',
      );
      expect(await world.state(request.id)).toBe('ending');

      calmDown();
      await world.untilState(request.id, 'ended');
      expect(await world.look(groupName)).toEqual(NOTHING);
      const turns = await turnsOf(request.id);
      expect(turns).not.toContain('stuck');
      expect(turns).not.toContain('retried');
    });

    it('security rule 23: ends access in AWS after a restart while Graph does not answer, and touches nothing in another tenant', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const group = await world.approve({ groupName });
      const elevation = await world.approvePlan(
        elevationPlan({ accounts: ['shop-dev'], permissionSet: 'LogReader' }),
      );
      const before = world.engine();
      before.start();
      await world.untilState(group.id, 'active');
      await world.untilState(elevation.id, 'active');
      await before.stop();

      failAll('graph');
      await world.passEnd(group.id);
      await world.passEnd(elevation.id);
      const approved = await world.approve({ groupName: uniqueGroupName() });
      const looks: boolean[] = [];
      world
        .engine({
          keepRequests: async (_claim, { mayLook }) => void looks.push(mayLook),
        })
        .start();
      await world.untilState(elevation.id, 'ended');
      expect(await world.listElevated('shop-dev', 'LogReader')).toEqual([]);
      // What is kept true is not compared with clouds that may be others.
      expect(new Set(looks)).toEqual(new Set([false]));
      const step = await untilStep(group.id, /^Waits until Microsoft Entra ID/);
      expect(step.kind).toBe('removeMembers');
      expect(await world.state(approved.id)).toBe('approved');
      expect(await listGraphRemovals(group.id)).toEqual([]);

      // It comes back as somebody else, in which nothing is what it was.
      setTenant(OTHER_TENANT);
      calmDown();
      const held = await world.until(
        async () =>
          (
            await world.stores.organizations.get('parcel')
          )?.heldReason,
        'the organization to be held',
      );
      expect(held).toBe(
        `The clouds are not the ones of first contact: the Entra tenant was ${TENANT} and is ${OTHER_TENANT}`,
      );
      expect(await listGraphRemovals(group.id)).toEqual([]);
      expect(await world.look(groupName)).toEqual({
        groups: 1,
        members: ['ana'],
        inApplication: true,
        accounts: [],
      });

      setTenant(TENANT);
      await world.untilState(group.id, 'ended');
      expect(await world.look(groupName)).toEqual(NOTHING);
      await world.untilState(approved.id, 'active');
      expect(looks.at(-1)).toBe(true);
      expect(
        (await world.stores.organizations.get('parcel'))!.heldReason,
      ).toBeNull();
    });

    it('security rule 23: takes people out of a group after a restart while AWS refuses the credentials', async () => {
      await open(databaseId);
      const groupName = uniqueGroupName();
      const request = await world.approve({ groupName });
      const before = world.engine();
      before.start();
      await world.untilState(request.id, 'active');
      await before.stop();

      refuseCredentials('aws');
      await world.passEnd(request.id);
      world.engine().start();
      const step = await untilStep(request.id, /^Waits until AWS has said/);
      expect(step.kind).toBe('removeAssignment');
      expect(step.cloudMessage).toContain('ExpiredTokenException');
      await world.until(
        async () => (await listGraphRemovals(request.id)).length > 0,
        'the member to be taken out in Entra',
      );
      calmDown();
      await world.untilState(request.id, 'ended');
      expect(await world.look(groupName)).toEqual(NOTHING);
    });

    it('ends access in AWS while a crowd of removals hangs in Entra', async () => {
      await open(databaseId);
      const elevation = await world.approvePlan(
        elevationPlan({ accounts: ['shop-dev'], permissionSet: 'LogReader' }),
      );
      const before = world.engine();
      before.start();
      await world.untilState(elevation.id, 'active');
      const crowd: RequestRow[] = [];
      while (crowd.length < 8) {
        const next = [
          await world.approve({ groupName: uniqueGroupName() }),
          await world.approve({ groupName: uniqueGroupName() }),
        ];
        for (const { id } of next) await world.untilState(id, 'active');
        crowd.push(...next);
        sandbox.clock.advance(10_000);
      }
      await before.stop();

      const { clouds } = world;
      let goOn = () => {};
      const isAway = new Promise<void>(resolve => {
        goOn = resolve;
      });
      const listMembers = clouds.entra.listMembers.bind(clouds.entra);
      const asked = jest
        .spyOn(clouds.entra, 'listMembers')
        .mockImplementation(async function* hang(groupId) {
          await isAway;
          yield* listMembers(groupId);
        });
      for (const { id } of crowd) await world.passEnd(id);
      world.engine({ clouds: { forOrganization: () => clouds } }).start();
      await world.until(
        async () => asked.mock.calls.length >= 6,
        'removals to hang in Entra',
      );
      await world.passEnd(elevation.id);
      await world.untilState(elevation.id, 'ended');
      expect(await world.listElevated('shop-dev', 'LogReader')).toEqual([]);
      goOn();
      for (const { id } of crowd) await world.untilState(id, 'ended');
    });

    it('security rule 23: makes first contact with both clouds or with none', async () => {
      await open(databaseId);
      refuseCredentials('graph');
      const request = await world.approvePlan(elevationPlan({}));
      const { clouds } = world;
      const asked = jest.spyOn(clouds.entra, 'describeTenant');
      const engine = world.engine({
        clouds: { forOrganization: () => clouds },
      });
      engine.start();
      // Asked again, so that the first answer was looked at.
      await world.until(
        async () => asked.mock.calls.length > 2,
        'Entra to be asked again',
      );
      const approved = await world.until(async () => {
        const row = await world.stores.requests.get(request.id);
        return row?.stateReason !== null && row;
      }, 'the reason to be said');
      expect(approved.stateReason).toBe(
        'It could not start yet: Microsoft Graph does not accept the credentials of this product. Tried again by itself.',
      );
      expect(await toldOperators()).toHaveLength(1);
      await engine.stop();
      expect((await world.stores.organizations.get('parcel'))?.pins).toBeNull();
      expect(await world.state(request.id)).toBe('approved');

      calmDown();
      world.engine().start();
      await world.untilState(request.id, 'active');
      expect(
        (await world.stores.organizations.get('parcel'))?.pins?.tenantId,
      ).toBe(TENANT);
    });
  });
});
