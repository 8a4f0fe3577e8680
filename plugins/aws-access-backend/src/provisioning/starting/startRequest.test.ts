import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { LivePeople } from '../../approvals/LivePeople';
import { CloudError } from '../../clouds/CloudError';
import {
  CloudsProvider,
  OrganizationClouds,
} from '../../clouds/OrganizationClouds';
import { DatabaseStores } from '../../database/DatabaseStores';
import { NO_SEALS } from '../../integrity/Seals';
import { planDigest } from '../../planning/planDigest';
import { PlanInput } from '../../planning/RequestPlanner';
import { approveRequest, EMPTY_POLICY } from '../../testing/approveRequest';
import { createTestDatabases } from '../../testing/databases';
import { personId, planOf } from '../../testing/planOf';
import { ProvisioningWorld } from '../../testing/ProvisioningWorld';
import { startRequest } from './startRequest';

const databases = createTestDatabases();

describe('startRequest', () => {
  it('security rule 11: plans what an actor filed as what an actor filed', async () => {
    const knex = await databases.initMigrated('SQLITE_3');
    const stores = new DatabaseStores(knex, NO_SEALS);
    const request = await approveRequest(
      stores,
      planOf({ groupName: 'AWS-Test' }),
    );
    await knex('aws_access_requests').update({ actor: 'plugin:scaffolder' });
    const claim = (await stores.organizations.claim('parcel', 'one', 60))!;

    const asked: PlanInput[] = [];
    const outcome = await startRequest(
      {
        stores,
        claim,
        grantSeconds: 60,
        approvals: { read: async () => ({ decisions: [], stages: [] }) },
        planner: {
          planFromInventory: async () => {
            throw new Error('Provisioning plans on live reads only');
          },
          planFromClouds: async input => {
            asked.push(input);
            return {
              plan: null,
              digest: null,
              policy: null,
              problems: [],
              asOf: null,
            };
          },
        },
      },
      request.id,
    );

    expect(outcome.kind).toBe('returned');
    expect(asked).toMatchObject([{ actor: 'plugin:scaffolder' }]);
  });

  describe('with people as Entra has them now', () => {
    let sandbox: RunningSandbox;
    beforeAll(async () => {
      sandbox = await ProvisioningWorld.startSandbox();
    });
    afterAll(() => sandbox.stop());

    const plan = planOf({ groupName: 'AWS-Test', people: ['ana', 'ben'] });
    const risky = {
      ...plan,
      accounts: [
        { id: '555566667777', name: 'data-prod', environment: 'prod' as const },
      ],
      gains: plan.people.map(({ entraUserId }) => ({
        entraUserId,
        accountId: '555566667777',
        permissionSetArn: 'arn',
        documentDigest: 'digest',
        seconds: null,
      })),
    };

    async function start(clouds: CloudsProvider) {
      const stores = new DatabaseStores(
        await databases.initMigrated('SQLITE_3'),
        NO_SEALS,
      );
      const request = await approveRequest(stores, risky);
      const claim = (await stores.organizations.claim('parcel', 'one', 60))!;
      const planned = async () => ({
        plan: risky,
        digest: planDigest(risky),
        policy: EMPTY_POLICY,
        problems: [],
        asOf: null,
      });
      const starting = startRequest(
        {
          stores,
          claim,
          grantSeconds: 60,
          approvals: { read: async () => ({ decisions: [], stages: [] }) },
          people: new LivePeople({ clouds }),
          planner: { planFromInventory: planned, planFromClouds: planned },
        },
        request.id,
      );
      const outcome = await starting.catch(error => error);
      return { outcome, row: (await stores.requests.get(request.id))! };
    }

    it('security rule 9: starts nothing for who is disabled in Entra since the approval', async () => {
      const world = new ProvisioningWorld(
        await databases.initMigrated('SQLITE_3'),
        sandbox,
      );
      const enabled = await start(world.provider());
      expect(enabled.outcome).toEqual({ kind: 'started' });

      sandbox.store.run(
        'UPDATE entra_users SET account_enabled = 0 WHERE id = ?',
        [personId('ben')],
      );
      const { outcome, row } = await start(world.provider());
      expect(outcome).toEqual({
        kind: 'returned',
        because: ['Ben Brandt is disabled in Entra.'],
      });
      // The policy alone approved it, so that nobody could leave him out.
      expect(row.state).toBe('lapsed');
    });

    it('security rule 9: waits, and loses nothing, while Entra cannot be asked', async () => {
      const away = new CloudError({
        kind: 'retryLater',
        cloud: 'entra',
        operation: 'GET /users',
        code: 'ECONNREFUSED',
        cloudMessage: '',
        plainWords: 'Entra does not answer',
      });
      const { outcome, row } = await start({
        forOrganization: () =>
          ({
            entra: { getUser: () => Promise.reject(away) },
          } as unknown as OrganizationClouds),
      });
      expect(outcome).toBe(away);
      expect(row.state).toBe('approved');
    });
  });
});
