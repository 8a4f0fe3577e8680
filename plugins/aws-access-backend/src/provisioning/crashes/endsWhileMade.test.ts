import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { AccountAssignment } from '../../clouds/AwsCloud';
import { unlessMissing } from '../../clouds/unlessMissing';
import { collectPages } from '../../clouds/collectPages';
import { elevationPlan, groupPlan } from '../../testing/changePlans';
import { CrashPoint } from '../../testing/CrashPoint';
import { createTestDatabases } from '../../testing/databases';
import { LateReads } from '../../testing/LateReads';
import { Pause } from '../../testing/Pause';
import {
  accountId,
  emptyPlan,
  permissionSetArn,
  planObject,
} from '../../testing/planOf';
import { ProvisioningWorld } from '../../testing/ProvisioningWorld';
import { retryStuckRequest } from '../running/retryStuckRequest';

jest.setTimeout(60_000);

/** Longer than a test takes from a creation to the look for it. */
const SETTLE_MS = 5_000;

describe('requests that end while something of theirs is being made', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;
  let count = 0;

  const open = async (id: (typeof databases.ids)[number]) => {
    sandbox.clock.advance(10_000);
    world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
  };
  const approveSet = async (name: string) =>
    world.approvePlan({
      ...emptyPlan({}),
      duration: 'PT8H',
      objects: [
        planObject(
          'permissionSet',
          'create',
          {
            name,
            description: null,
            sessionDuration: 'PT2H',
            relayState: null,
            managedPolicies: [],
            customerManagedPolicies: [],
            inlinePolicy: null,
            permissionsBoundary: null,
            tags: {},
          },
          { key: 'set' },
        ),
      ],
    });
  const countSets = async (name: string) => {
    const { aws } = world.clouds;
    const sets = [];
    for (const arn of await collectPages(aws.listPermissionSetArns())) {
      sets.push(await unlessMissing(() => aws.describePermissionSet(arn)));
    }
    return sets.filter(set => set?.name === name).length;
  };
  const arnOf = async (requestId: string) => {
    const [intent] = await world
      .knex({ intent: 'aws_access_intents' })
      .join('aws_access_steps as step', 'step.id', 'intent.step_id')
      .where('step.request_id', requestId)
      .select('intent.result');
    return String(JSON.parse(intent.result).permissionSetArn);
  };
  const stepOf = async (requestId: string, kind: string) =>
    (await world.stores.provisioning.listSteps(requestId)).find(
      step => step.kind === kind,
    );
  const uniqueName = () => `Ends${(count += 1)}`;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  describe.each(databases.ids)('on %s', id => {
    it.each(['permission set', 'group'] as const)(
      'security rule 22: takes a %s away whose id was found at the moment of the end',
      async what => {
        await open(id);
        const name = uniqueName();
        const isSet = what === 'permission set';
        const request = isSet
          ? await approveSet(name)
          : await world.approve({ groupName: name });
        // It is there, and nobody has written down yet under which id.
        const pause = new Pause(
          isSet ? 'getPermissionSetMarks' : 'findGroupByUniqueName',
        );
        world.engine({ clouds: pause.clouds(world.provider()) }).start();
        await pause.reached;
        await world.giveBack(request.id);
        pause.goOn();
        await world.untilState(request.id, 'ended');
        expect(
          isSet ? await countSets(name) : (await world.look(name)).groups,
        ).toBe(0);
      },
    );

    const startLate = (late: LateReads) => {
      world
        .engine({
          clouds: late.clouds(world.provider()),
          pace: { settleMs: SETTLE_MS },
        })
        .start();
      return late;
    };
    /** The way back begins before the cloud shows what was made. */
    const endBeforeShown = async (
      late: LateReads,
      requestId: string,
      kind: string,
    ) => {
      late.areLate = true;
      await world.giveBack(requestId);
      await world.until(async () => {
        const steps = await world.stores.provisioning.listSteps(requestId);
        const state = steps.find(
          step => step.phase === 'removal' && step.kind === kind,
        )?.state;
        return state !== 'pending' && state !== 'running';
      }, `${kind} to look`);
      late.areLate = false;
      await world.untilScim(sandbox, requestId, 'ended');
    };

    it('security rule 20: believes nobody who does not show a permission set that was there a moment ago', async () => {
      await open(id);
      const name = uniqueName();
      const late = startLate(
        LateReads.showingNothing(
          'describePermissionSet',
          'getPermissionSetMarks',
        ),
      );
      const request = await approveSet(name);
      await world.untilState(request.id, 'active');
      await endBeforeShown(late, request.id, 'removePermissionSet');
      expect(await countSets(name)).toBe(0);
    });

    it('security rule 20: ... nor a group', async () => {
      await open(id);
      const groupName = uniqueName();
      const late = startLate(
        LateReads.showingNothing('getGroup', 'findGroupByUniqueName'),
      );
      const request = await world.approve({ groupName });
      await world.untilState(request.id, 'active');
      await endBeforeShown(late, request.id, 'removeAccessGroup');
      expect(await world.look(groupName)).toMatchObject({ groups: 0 });
    });

    it('security rule 20: ... nor a member, nor an assignment', async () => {
      await open(id);
      const groupName = uniqueName();
      const late = startLate(
        LateReads.showingNothing('listMembers', 'listAssignments'),
      );
      const kept = await world.approve({ groupName });
      await world.untilState(kept.id, 'active');
      const [group] = await world.clouds.entra.findGroupsByDisplayName(
        groupName,
      );
      const joined = await world.approvePlan(
        groupPlan({
          group,
          members: ['ana'],
          join: ['ben'],
          duration: 'PT8H',
        }),
      );
      await world.untilState(joined.id, 'active');
      await endBeforeShown(late, joined.id, 'removeMembers');
      expect(await world.look(groupName)).toMatchObject({ members: ['ana'] });

      const elevated = await world.approvePlan(
        elevationPlan({ accounts: ['data-dev'] }),
      );
      await world.untilState(elevated.id, 'active');
      await endBeforeShown(late, elevated.id, 'removeAssignment');
      expect(await world.listElevated('data-dev')).toEqual([]);
    });

    it('security rule 20: knows an assignment for its own that an attempt before the failing one made', async () => {
      await open(id);
      const request = await world.approvePlan(
        elevationPlan({ accounts: ['shop-dev'] }),
      );
      const crash = new CrashPoint({ at: 'cloudWrite', n: 1, side: 'after' });
      const worker = world.engine({ crash });
      worker.start();
      await crash.death;
      await worker.stop().catch(() => {});
      await world.until(
        async () => (await world.listElevated('shop-dev')).length === 1,
        'AWS to make the assignment',
      );

      // Whoever goes on does not see it, and sends the write again.
      await world.expireClaim();
      sandbox.weather.set({ rules: [{ fault: { type: 'failOperation' } }] });
      const late = LateReads.showingNothing('listAssignments');
      late.areLate = true;
      startLate(late);
      await world.until(async () => {
        const step = await stepOf(request.id, 'ensureAssignment');
        return step?.state === 'failed' || /failed/.test(step?.detail ?? '');
      }, 'the second attempt to fail');
      sandbox.weather.set({});
      late.areLate = false;
      if ((await world.state(request.id)) === 'stuck') {
        await world.stores.transaction(async stores =>
          retryStuckRequest(stores, {
            request: (await stores.requests.get(request.id))!,
            actorRef: 'user:default/ida',
          }),
        );
      }
      await world.untilState(request.id, 'active');
      await world.giveBack(request.id);
      await world.untilState(request.id, 'ended');
      expect(await world.listElevated('shop-dev')).toEqual([]);
    });

    /** Ana has the permission set directly. */
    const elevate = async (arn: string) => {
      const plan = elevationPlan({ accounts: ['data-dev'] });
      const request = await world.approvePlan({
        ...plan,
        objects: plan.objects.map(object => ({
          ...object,
          after: { ...(object.after as object), permissionSetArn: arn },
        })),
      });
      await world.untilState(request.id, 'active');
      return request;
    };

    it('security rule 22: gives nothing for there that was taken away a moment ago', async () => {
      await open(id);
      let assignments: AccountAssignment[] = [];
      const late = new LateReads({
        listAssignments: () => pageOf(assignments),
      });
      startLate(late);
      const plan = elevationPlan({ accounts: ['sandbox-shared'] });
      const first = await world.approvePlan(plan);
      await world.untilState(first.id, 'active');
      assignments = await collectPages(
        world.clouds.aws.listAssignments(
          accountId('sandbox-shared'),
          permissionSetArn('ReadOnly'),
        ),
      );
      await world.giveBack(first.id);
      await world.untilState(first.id, 'ended');

      late.areLate = true;
      const second = await world.approvePlan(plan);
      await world.until(async () => {
        const step = await stepOf(second.id, 'ensureAssignment');
        return step?.state === 'waiting' || step?.state === 'done';
      }, 'the assignment to be looked for');
      late.areLate = false;
      await world.untilState(second.id, 'active', 'stuck');
      expect(await world.listElevated('sandbox-shared')).toEqual(['ana']);
    });

    it('security rule 25: keeps a permission set for nobody who left it a moment ago', async () => {
      await open(id);
      const name = uniqueName();
      let accountIds: string[] = [];
      let assignments: AccountAssignment[] = [];
      const late = new LateReads({
        listAccountIdsWithPermissionSet: () => pageOf(accountIds),
        listAssignments: () => pageOf(assignments),
      });
      startLate(late);
      const made = await approveSet(name);
      await world.untilState(made.id, 'active');
      const arn = await arnOf(made.id);
      const elevated = await elevate(arn);
      const { aws } = world.clouds;
      accountIds = await collectPages(aws.listAccountIdsWithPermissionSet(arn));
      assignments = await collectPages(aws.listAssignments(accountIds[0], arn));
      expect(assignments).toHaveLength(1);
      await world.giveBack(elevated.id);
      await world.untilState(elevated.id, 'ended');
      await endBeforeShown(late, made.id, 'removePermissionSet');
      expect(await countSets(name)).toBe(0);
    });

    it('security rule 25: takes a permission set with the last who had it, also when they had it first', async () => {
      await open(id);
      const name = uniqueName();
      const made = await approveSet(name);
      const pause = new Pause('getPermissionSetMarks');
      world.engine({ clouds: pause.clouds(world.provider()) }).start();
      await pause.reached;
      const arn = await arnOf(made.id);
      const elevated = await elevate(arn);
      pause.goOn();
      await world.untilState(made.id, 'active');
      await world.giveBack(made.id);
      await world.untilState(made.id, 'ended');
      expect(await countSets(name)).toBe(1);
      await world.giveBack(elevated.id);
      await world.untilState(elevated.id, 'ended');
      expect(await countSets(name)).toBe(0);
    });
  });
});

async function* pageOf<T>(items: T[]) {
  yield items;
}
