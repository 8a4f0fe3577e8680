import {
  exampleClouds,
  RunningSandbox,
  startSandbox,
} from 'backstage-plugin-aws-access-sandbox';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { approveRequest } from '../testing/approveRequest';
import { createTestDatabases } from '../testing/databases';
import { planOf } from '../testing/planOf';
import { ReadWorld } from '../testing/ReadWorld';
import { fileInput } from '../testing/RequestWorld';
import { sandboxConfig } from '../testing/sandboxConfig';

jest.setTimeout(60_000);

type Organization = ReturnType<typeof sandboxConfig>['organizations'][string];

/** An organization in trouble, which does not end while the other one works. */
interface Trouble {
  what: string;
  /** Its clouds, as the sandbox of it shows them. */
  upset?: (sandbox: RunningSandbox) => unknown;
  /** Its configuration. */
  configure?: (organization: Organization) => void;
  /** What it was at first contact. */
  pins?: { instanceArn: string };
  health: string;
  reason: RegExp;
}

const TROUBLES: Trouble[] = [
  {
    what: 'down',
    upset: sandbox => sandbox.stop(),
    health: 'down',
    reason: /./,
  },
  {
    what: 'silent: nothing is refused and nothing answered',
    upset: sandbox =>
      sandbox.weather.set({
        rules: [
          {
            fault: { type: 'latency', minimumMs: 600_000, maximumMs: 600_000 },
          },
        ],
      }),
    health: 'down',
    reason: /./,
  },
  {
    what: 'throttled at every call',
    upset: sandbox =>
      sandbox.weather.set({ rules: [{ fault: { type: 'throttle' } }] }),
    health: 'down',
    reason: /./,
  },
  {
    what: 'configured with an access key that nobody knows',
    configure: organization => {
      organization.aws.credentials = {
        type: 'accessKey',
        accessKeyId: 'AKIASTRANGER00000001',
        secretAccessKey: 'x',
      };
    },
    health: 'down',
    reason: /AWS does not know the credentials/,
  },
  {
    what: 'configured with a certificate that is not there',
    configure: organization => {
      organization.entra.credentials = {
        type: 'certificate',
        clientId: exampleClouds.entra.portal.appId,
        certificatePath: '/nowhere/entra.pem',
      };
    },
    health: 'down',
    reason: /There is no file at entra\.credentials\.certificatePath/,
  },
  {
    what: 'configured with the credentials of another organization',
    pins: { instanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' },
    health: 'held',
    reason: /the IAM Identity Center instance was .*0000 and is /,
  },
];

const databases = createTestDatabases();

describe.each(databases.ids)('organizations on %s', id => {
  let sandbox: RunningSandbox;
  let world: ReadWorld | undefined;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(async () => {
    await world?.stop();
    // One of them is stopped already: that is its trouble.
    await sandbox.stop().catch(() => {});
    world = undefined;
  });

  // What may hold up others by the database is a cloud that never answers.
  const troubles =
    id === databases.ids[0]
      ? TROUBLES
      : TROUBLES.filter(({ what }) => what.startsWith('silent'));

  it.each(troubles)(
    'go on while another one is $what',
    async ({ upset, configure, pins, health, reason }) => {
      const knex = await databases.initMigrated(id);
      await upset?.(sandbox);
      const other = sandboxConfig(sandbox.url).organizations.parcel;
      configure?.(other);
      if (pins) {
        const { aws, entra } = exampleClouds;
        await knex('aws_access_organizations').insert({
          id: 'other',
          pins: JSON.stringify({
            organizationId: 'other',
            identityStoreId: aws.identityStoreId,
            managementAccountId: aws.managementAccountId,
            tenantId: entra.tenantId,
            enterpriseApplicationId:
              entra.enterpriseApplication.servicePrincipalId,
            ...pins,
          }),
        });
      }
      // Whatever is wrong with one organization, the plugin starts.
      world = await ReadWorld.start(knex, {
        organization: { writes: 'on' },
        others: { other },
      });
      const { stores } = world;
      const plan = planOf({ groupName: `AWS-${randomUUID()}` });
      const waiting = await approveRequest(stores, {
        ...plan,
        organization: { ...plan.organization, organizationId: 'other' },
      });

      const sets = await world.get(
        '/permission-sets?search=ReadOnly&organization=parcel',
        'ana',
      );
      const { body: filed } = await world
        .post('/requests', 'ana', {
          ...fileInput({ permissionSet: sets.body.items[0].arn }),
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
      const until = async (state: string) => {
        while ((await stores.requests.get(filed.id))!.state !== state) {
          await setTimeout(20);
        }
      };
      await until('active');
      await world.post(`/requests/${filed.id}/return`, 'ana').expect(200);
      await until('ended');

      // The other one waits, and says why.
      expect((await stores.requests.get(waiting.id))!.state).toBe('approved');
      for (;;) {
        const { body } = await world.get('/organizations', 'ida').expect(200);
        const [parcel, troubled] = body.items;
        expect(parcel).toMatchObject({ id: 'parcel', health: 'ok' });
        if (troubled.health === health && reason.test(troubled.reason)) break;
        await setTimeout(50);
      }
    },
  );
});
