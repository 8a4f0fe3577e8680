import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import {
  createThrowAwayCertificate,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createTestDatabases } from '../testing/databases';
import { permissionSetArn } from '../testing/planOf';
import { ReadWorld } from '../testing/ReadWorld';
import { fileInput } from '../testing/RequestWorld';
import { sandboxConfig } from '../testing/sandboxConfig';

jest.setTimeout(60_000);

type Seen = { name: string; value: number; labels: Record<string, unknown> };

/** Keeps what the plugin tells the portal's metrics, and asks what it may be asked. */
function collect() {
  const seen: Seen[] = [];
  const names = new Set<string>();
  const gauges: Array<[string, MetricsServiceObservableCallback]> = [];
  const tell = (name: string) => {
    names.add(name);
    return (value: number, labels?: object) =>
      void seen.push({ name, value, labels: { ...labels } });
  };
  const factory = metricsServiceMock.mock({
    createCounter: name => ({ add: tell(name) }),
    createHistogram: name => ({ record: tell(name) }),
    createObservableGauge: name => {
      names.add(name);
      return {
        addCallback: callback => void gauges.push([name, callback as never]),
        removeCallback: () => {},
      };
    },
  }).factory;
  const ask = async () => {
    for (const [name, callback] of gauges) {
      await callback({ observe: tell(name) });
    }
  };
  return { seen, names, factory, ask };
}

describe('the metrics of the plugin', () => {
  const databases = createTestDatabases();

  it('are those that the documentation of operation names, and name nobody (security rule 30)', async () => {
    const { seen, names, factory, ask } = collect();
    const folder = await mkdtemp(join(tmpdir(), 'aws-access-metrics-'));
    const certificatePath = join(folder, 'entra.pem');
    const { certificate, privateKey } = createThrowAwayCertificate();
    await writeFile(certificatePath, certificate + privateKey);
    // Another organization, which is throttled and whose certificate is known.
    const busy = await startSandbox();
    busy.weather.set({
      rules: [{ match: { cloud: 'aws' }, fault: { type: 'throttle' } }],
    });
    const other = sandboxConfig(busy.url).organizations.parcel;
    other.entra.credentials = {
      type: 'certificate',
      clientId: other.entra.tenantId,
      certificatePath,
      authorityHost: 'https://127.0.0.1:2',
    };
    const world = await ReadWorld.start(
      await databases.initMigrated('SQLITE_3'),
      {
        organization: { writes: 'on' },
        others: { other },
        features: [factory],
      },
    );
    try {
      const { body: filed } = await world
        .post('/requests', 'ana', {
          ...fileInput({ permissionSet: permissionSetArn('ReadOnly') }),
          organizationId: 'parcel',
        })
        .expect(200);
      await world
        .post(`/requests/${filed.id}/decisions`, 'otto', {
          verdict: 'approve',
          planVersion: filed.planVersion,
          planDigest: filed.planDigest,
        })
        .expect(200);
      for (;;) {
        const row = await world.stores.requests.get(filed.id);
        const isThrottled = seen.some(
          ({ name }) => name === 'aws_access.cloud.throttled',
        );
        if (row?.state === 'active' && isThrottled) break;
        await setTimeout(20);
      }
      await ask();

      const documented = await readFile(
        resolve(__dirname, '../../../../docs/operations.md'),
        'utf8',
      );
      const rows = documented.matchAll(/^\| `(aws_access\.[a-z._]+)`/gm);
      expect([...names].sort()).toEqual(
        [...rows].map(([, name]) => name).sort(),
      );

      const of = (name: string, labels: object) =>
        expect.objectContaining({
          name: `aws_access.${name}`,
          labels: expect.objectContaining(labels),
        });
      const organization = 'parcel';
      expect(seen).toEqual(
        expect.arrayContaining([
          of('request.transitions', { organization, to: 'active' }),
          of('cloud.writes', {
            organization,
            operation: 'sso-admin:CreateAccountAssignment',
            outcome: 'confirmed',
          }),
          of('step.duration', {
            organization,
            step: 'ensureAssignment',
            outcome: 'done',
          }),
          of('cloud.throttled', {
            organization: 'other',
            service: 'organizations',
          }),
          of('queue.requests', { organization, work: 'approved' }),
          of('queue.steps', { organization }),
          of('queue.age', { organization }),
          of('requests.stuck', { organization }),
          of('requests.overdue', { organization }),
          of('inventory.age', { organization, part: 'assignments' }),
        ]),
      );
      const labels = new Set(
        seen.flatMap(({ labels: own }) => Object.values(own).map(String)),
      );
      for (const label of labels) {
        expect(label).not.toMatch(/\d{12}|user:|group:|[0-9a-f]{8}-|\bana\b/);
      }
    } finally {
      await world.stop();
      await busy.stop();
      await rm(folder, { recursive: true });
    }
  });
});
