import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import knexFactory, { Knex } from 'knex';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrationsDirectory } from '../../database/runMigrations';
import { endAccess } from '../../leases/endAccess';
import { createTestDatabases } from '../../testing/databases';
import { ProvisioningWorld } from '../../testing/ProvisioningWorld';

jest.setTimeout(120_000);

/** Attempts and intents after which a process is killed; then one may finish. */
const KILLS = [1, 6, 12, 18];

describe('a worker process that is killed', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let folder: string;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
    folder = await mkdtemp(join(tmpdir(), 'aws-access-killed-'));
  });
  afterEach(() => end());
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  async function end() {
    if (child && child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }
    child = undefined;
  }

  /** A database that another process can open too. */
  async function openDatabase(id: string): Promise<Knex> {
    if (id !== 'SQLITE_3') return databases.initMigrated('POSTGRES_15');
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'killed.sqlite') },
      useNullAsDefault: true,
    });
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.migrate.latest({ directory: migrationsDirectory });
    return knex;
  }

  function start(knex: Knex) {
    const { client, connection } = knex.client.config;
    child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        resolve(__dirname, '../../testing/provisioningProcess.ts'),
        JSON.stringify({ client, connection, url: sandbox.url }),
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }

  it.each(databases.ids)(
    'leaves nothing half done and nothing twice, on %s',
    async databaseId => {
      const knex = await openDatabase(databaseId);
      const world = new ProvisioningWorld(knex, sandbox);
      const groupName = `AWS-Killed-${databaseId}`;
      const request = await world.approve({ groupName });
      let midway = 0;
      const progress = async (phase: string) => {
        const steps = await knex('aws_access_steps').where({ phase });
        return steps.reduce((sum, step) => sum + step.attempts, 0);
      };
      const killOnTheWay = async (
        phase: 'grant' | 'removal',
        state: 'active' | 'ended',
      ) => {
        for (const attempts of KILLS) {
          start(knex);
          await world.until(
            async () =>
              (await progress(phase)) >= attempts ||
              (await world.state(request.id)) === state,
            `${attempts} attempts`,
          );
          await end();
          await world.expireClaim();
          if ((await world.state(request.id)) !== state) midway += 1;
        }
        start(knex);
        await world.untilState(request.id, state);
        await end();
        await world.expireClaim();
      };

      await killOnTheWay('grant', 'active');
      expect(await world.look(groupName)).toEqual({
        groups: 1,
        members: ['ana'],
        inApplication: true,
        accounts: ['payments-dev'],
      });
      expect(await world.listWrites(request.id, 'grant')).toHaveLength(4);

      await world.stores.transaction(async stores =>
        endAccess(stores, {
          request: (await stores.requests.get(request.id))!,
          actorRef: 'user:default/ana',
          kind: 'returned',
          text: 'Given back',
        }),
      );
      await killOnTheWay('removal', 'ended');
      expect(await world.look(groupName)).toMatchObject({
        groups: 0,
        accounts: [],
      });
      expect(midway).toBeGreaterThanOrEqual(4);
      if (databaseId === 'SQLITE_3') await knex.destroy();
    },
  );
});
