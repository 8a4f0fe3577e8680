import { TestDatabaseId } from '@backstage/backend-test-utils';
import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { endAccess } from '../leases/endAccess';
import { CrashPoint } from './CrashPoint';
import { createTestDatabases } from './databases';
import { ProvisioningWorld } from './ProvisioningWorld';

/** More points than a grant or its removal has. */
const FAR = 200;

/** A series of crash points, and how many of them there are at least. */
export interface CrashSeries {
  at: 'commit' | 'cloudWrite';
  side: 'before' | 'after';
  /** A group, a member, an application assignment, a call on demand and an account assignment are five writes; each has commits around it. */
  atLeast: number;
}

/**
 * Tests that a request ends up the same wherever its worker dies, while it is set
 * up and while it is taken away: for each point of each series once.
 */
export function describeCrashes(
  series: CrashSeries[],
  only?: TestDatabaseId[],
): void {
  jest.setTimeout(180_000);

  describe('security rule 20: a worker that dies is continued by the next one', () => {
    const databases = createTestDatabases();
    let sandbox: RunningSandbox;

    beforeAll(async () => {
      sandbox = await ProvisioningWorld.startSandbox();
    });
    afterAll(() => sandbox.stop());

    describe.each(only ?? databases.ids)('on %s', databaseId => {
      let world: ProvisioningWorld;

      beforeAll(async () => {
        world = new ProvisioningWorld(
          await databases.initMigrated(databaseId),
          sandbox,
        );
      });
      afterEach(() => world.stop());

      it.each(series)('$side each $at', async ({ at, side, atLeast }) => {
        let reached = 0;
        for (let n = 1; n < FAR; n += 1) {
          // Entra takes five calls on demand in ten seconds of its own time.
          sandbox.clock.advance(10_000);
          const died = await grantAndRemove(world, {
            groupName: `AWS-Crash-${databaseId}-${at}-${side}-${n}`,
            grant: new CrashPoint({ at, side, n }),
            removal: new CrashPoint({ at, side, n }),
          });
          if (!died) break;
          reached = n;
        }
        expect(reached).toBeGreaterThanOrEqual(atLeast);
        expect(reached).toBeLessThan(FAR - 1);
      });
    });
  });
}

/** @returns whether a worker died on the way */
async function grantAndRemove(
  world: ProvisioningWorld,
  run: { groupName: string; grant: CrashPoint; removal: CrashPoint },
): Promise<boolean> {
  const { groupName, grant, removal } = run;
  const request = await world.approve({ groupName });
  await world.dieAndContinue(grant, request.id, 'active');
  expect(await world.look(groupName)).toEqual({
    groups: 1,
    members: ['ana'],
    inApplication: true,
    accounts: ['payments-dev'],
  });
  // Nothing twice: one write of each was seen, and none is unknown any more.
  expect(await world.listWrites(request.id, 'grant')).toEqual([
    'accessGroup',
    'accountAssignment',
    'applicationAssignment',
    'membership',
  ]);

  await world.stores.transaction(async stores =>
    endAccess(stores, {
      request: (await stores.requests.get(request.id))!,
      actorRef: 'user:default/ana',
      kind: 'returned',
      text: 'Given back',
    }),
  );
  await world.dieAndContinue(removal, request.id, 'ended');
  expect(await world.look(groupName)).toEqual({
    groups: 0,
    members: [],
    inApplication: false,
    accounts: [],
  });
  const { footprints } = world.stores.provisioning;
  expect(await footprints.listOfRequest(request.id)).toEqual([]);
  const leases = await world.stores.leases.listOfRequest(request.id);
  expect(leases).toHaveLength(4);
  expect(leases.every(lease => lease.removedAt !== null)).toBe(true);
  return grant.reached || removal.reached;
}
