import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AWS_READ_OPERATIONS } from '../clouds/aws/awsReadOperations';
import { createTestDatabases } from '../testing/databases';
import { permissionSetArn } from '../testing/planOf';
import { ReadWorld } from '../testing/ReadWorld';
import { fileInput } from '../testing/RequestWorld';
import { sandboxConfig } from '../testing/sandboxConfig';

jest.setTimeout(60_000);

const readDocumentation = () =>
  readFile(resolve(__dirname, '../../../../docs/operations.md'), 'utf8');

/** The rows of the tables under a heading: the first cell, and the names in the second. */
async function readTable(heading: string): Promise<Map<string, string[]>> {
  const text = await readDocumentation();
  const [, after] = text.split(`## ${heading}\n`);
  const [section] = after.split('\n## ');
  return new Map(
    [...section.matchAll(/^\| ([^|]+?) +\| (`.+?) +\|$/gm)].map(
      ([, feature, names]) => [
        feature,
        [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
      ],
    ),
  );
}

describe('the rights in AWS that the documentation asks for', () => {
  it('are the reads that the gate lets out', async () => {
    const blocks = (await readDocumentation()).matchAll(
      /```json\n([\s\S]*?)```/g,
    );
    const [reading] = [...blocks]
      .flatMap(([, text]) => JSON.parse(text).Statement)
      .filter(({ Sid }) => Sid === 'ReadIdentityCenter');
    expect([...reading.Action].sort()).toEqual(
      [...AWS_READ_OPERATIONS]
        .map(operation => operation.replace('sso-admin:', 'sso:'))
        .sort(),
    );
  });

  it('are the writes that the clients know, and no more', async () => {
    const folder = resolve(__dirname, '../clouds/aws');
    const files = (await readdir(folder)).filter(
      file => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const texts = await Promise.all(
      files.map(file => readFile(join(folder, file), 'utf8')),
    );
    const sent = texts
      .flatMap(text => [...text.matchAll(/\b([A-Z]\w+)Command\b/g)])
      .map(([, name]) => name)
      .filter(
        name =>
          ![...AWS_READ_OPERATIONS].some(read => read.endsWith(`:${name}`)),
      );
    const documented = [...(await readTable('Rights in AWS')).values()].flat();
    expect([...new Set(documented)].sort()).toEqual(
      [...new Set(sent)].map(name => `sso:${name}`).sort(),
    );
  });
});

describe('the permissions in Microsoft Graph that the documentation asks for', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ReadWorld;

  beforeEach(async () => {
    sandbox = await startSandbox({ operationDelayMs: 0 });
  });
  afterEach(async () => {
    await world.stop();
    await sandbox.stop();
  });

  async function start(
    permissions: string[],
    changes: Partial<
      ReturnType<typeof sandboxConfig>['organizations'][string]['entra']
    > & { writes?: 'on' | 'off' } = {},
  ) {
    const { writes, ...entra } = changes;
    sandbox.store.insert('entra_access_tokens', {
      token: 'as-documented',
      service_principal_id: exampleClouds.entra.portal.servicePrincipalId,
      permissions_json: JSON.stringify(permissions),
    });
    const other = sandboxConfig(sandbox.url, {
      writes: writes ?? 'on',
    }).organizations.parcel;
    Object.assign(other.entra, {
      ...entra,
      credentials: { type: 'accessToken', token: 'as-documented' },
    });
    world = await ReadWorld.start(await databases.initMigrated('SQLITE_3'), {
      others: { other },
    });
    for (;;) {
      const { finishedAt } = await world.inventory.refreshes.get('other');
      if (finishedAt) break;
      await setTimeout(20);
    }
  }

  const listUnreadParts = async () => {
    const { body } = await world.get('/inventory', 'ida').expect(200);
    const { freshness } = body.items.find(
      ({ organizationId }: { organizationId: string }) =>
        organizationId === 'other',
    );
    return freshness.parts.filter(
      // Direct assignments are read in turns, whoever reads.
      (part: { complete: boolean; unread?: object }) =>
        !part.complete && !part.unread,
    );
  };

  it('suffice to show everything, where only that is wanted', async () => {
    const table = await readTable('Rights in Microsoft Graph');
    await start(
      [...table].flatMap(([feature, names]) =>
        /^(first contact|showing)/.test(feature) ? names : [],
      ),
      { writes: 'off' },
    );
    expect(await listUnreadParts()).toEqual([]);
  });

  it('suffice for an access group, from its creation to its end', async () => {
    const table = await readTable('Rights in Microsoft Graph');
    await start([...table.values()].flat());
    const { body: filed } = await world
      .post('/requests', 'ana', {
        ...fileInput({ permissionSet: permissionSetArn('ReadOnly') }),
        organizationId: 'other',
      })
      .expect(200);
    await world
      .post(`/requests/${filed.id}/decisions`, 'otto', {
        verdict: 'approve',
        planVersion: filed.planVersion,
        planDigest: filed.planDigest,
      })
      .expect(200);
    const until = async (state: string) => {
      for (;;) {
        const row = (await world.stores.requests.get(filed.id))!;
        if (row.state === 'stuck') throw new Error(row.stateReason!);
        if (row.state === state) return;
        await setTimeout(20);
      }
    };
    await until('active');
    await world.post(`/requests/${filed.id}/return`, 'ana').expect(200);
    await until('ended');
    expect(await listUnreadParts()).toEqual([]);
  });
});
