import { TestDatabaseId } from '@backstage/backend-test-utils';
import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { crashKinds } from './crashKinds';
import { CrashPoint } from './CrashPoint';
import { createTestDatabases } from './databases';
import { ProvisioningWorld } from './ProvisioningWorld';

/** More points than any kind of change has. */
const FAR = 200;
/** Longer than Entra takes until its next one. */
const SCIM_CYCLE_MS = 41 * 60_000;

/** A series of crash points. */
export interface CrashSeries {
  at: 'commit' | 'cloudWrite';
  side: 'before' | 'after';
}

/**
 * Tests that a request ends up the same wherever its worker dies, while it is set
 * up and while it is taken away: for each point of each series once. Which kinds
 * of change run, says `AWS_ACCESS_CRASH_KINDS`: names with commas, or `all`.
 */
export function describeCrashes(
  series: CrashSeries[],
  only?: TestDatabaseId[],
): void {
  const kinds = kindsToRun(process.env.AWS_ACCESS_CRASH_KINDS);
  // The longer ones have a hundred deaths, on a machine that may be busy.
  const areUsual = kinds.every(name => crashKinds[name].isUsual);
  jest.setTimeout(areUsual ? 180_000 : 900_000);

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

      describe.each(kinds)('%s', name => {
        it.each(series)('$side each $at', async ({ at, side }) => {
          const kind = crashKinds[name];
          let reached = 0;
          const passScimCycle = () => sandbox.clock.advance(SCIM_CYCLE_MS);
          for (let n = 1; n < FAR; n += 1) {
            // Entra takes five calls on demand in ten seconds of its own time.
            sandbox.clock.advance(10_000);
            const grant = new CrashPoint({ at, side, n });
            const removal = new CrashPoint({ at, side, n });
            const groupName = `AWS-${name}-${databaseId}-${at}-${side}-${n}`;
            await kind.run({
              world,
              groupName,
              grant,
              removal,
              passScimCycle,
            });
            if (!grant.reached && !removal.reached) break;
            reached = n;
          }
          expect(reached).toBeGreaterThanOrEqual(
            at === 'commit' ? kind.commits : kind.cloudWrites,
          );
          expect(reached).toBeLessThan(FAR - 1);
        });
      });
    });
  });
}

function kindsToRun(asked: string | undefined): string[] {
  const names = Object.keys(crashKinds);
  if (asked === 'all') return names;
  return asked?.split(',') ?? names.filter(name => crashKinds[name].isUsual);
}
