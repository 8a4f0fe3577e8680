import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  AwsAccessPolicy,
  AwsAccessPolicyAdditions,
  awsAccessPolicyExtensionPoint,
} from 'backstage-plugin-aws-access-node';
import { createTestDatabases } from '../testing/databases';
import { example, exampleConfigSection } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();
const { organizations, policy } = exampleConfigSection;

/** An own policy and two resolvers, as a company's own module adds them. */
function companyModule(company: {
  evaluate: AwsAccessPolicy['evaluate'];
  onCall: () => Promise<string[]>;
}) {
  return createBackendModule({
    pluginId: 'aws-access',
    moduleId: 'company',
    register(env) {
      env.registerInit({
        deps: { policies: awsAccessPolicyExtensionPoint },
        async init({ policies }) {
          policies.addPolicy({
            name: 'company calendar',
            evaluate: context => company.evaluate(context),
          });
          policies.addApproverResolver({
            name: 'on-call',
            resolve: () => company.onCall(),
          });
        },
      });
    },
  });
}

function system(name: string, origin: string, owner: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: {
      name,
      annotations: {
        'aws-access/account-id': example.dataDev,
        'backstage.io/managed-by-origin-location': origin,
      },
    },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const template = (name: string): Entity => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name },
  spec: { type: 'service', steps: [{ action: 'publish:github' }] },
});

const TRUSTED = 'url:https://git.example.com/systems.yaml';

describe.each(databases.ids)('a policy of one’s own, on %s', databaseId => {
  let world: RequestWorld;
  let additions: AwsAccessPolicyAdditions | Error = {};
  let onCall: string[] | Error = ['user:default/sia'];
  const asked = jest.fn();

  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(databaseId), {
      modules: [
        companyModule({
          async evaluate(context) {
            asked(context);
            if (additions instanceof Error) throw additions;
            return additions;
          },
          async onCall() {
            if (onCall instanceof Error) throw onCall;
            return onCall;
          },
        }),
      ],
      entities: [
        template('deploy'),
        system('reports', TRUSTED, 'group:default/data'),
        system(
          'impostor',
          'url:https://elsewhere.example.com',
          'user:default/uma',
        ),
      ],
      awsAccess: {
        organizations: {
          parcel: {
            ...organizations.parcel,
            accountFacts: { trustedCatalogLocations: [TRUSTED] },
          },
        },
        followUps: { templates: ['template:default/deploy'] },
        people: { manager: { annotation: 'example.com/manager' } },
        policy: {
          ...policy,
          defaultStage: { name: 'system', approvers: ['systemOwner'] },
          rules: [
            ...policy.rules,
            {
              name: 'on call',
              match: { environments: ['prod'] },
              require: [{ name: 'on call', approvers: ['resolver:on-call'] }],
            },
            {
              name: 'manager',
              match: { environments: ['dev'] },
              require: [{ name: 'manager', approvers: ['manager'] }],
            },
          ],
        },
      },
    });
  });
  beforeAll(() => {
    const ana = world.entities.find(({ metadata }) => metadata.name === 'ana')!;
    // Nobody is their own manager.
    ana.metadata.annotations!['example.com/manager'] =
      'petra, user:default/ana';
  });
  beforeEach(() => {
    additions = {};
    onCall = ['user:default/sia'];
  });
  afterAll(() => world.stop());

  const preview = async (parts: object, caller = 'ana') =>
    world.post('/requests/preview', caller, fileInput(parts));

  it('asks the owners of the system, whom only trusted entities name', async () => {
    const { body } = await preview({ accountIds: [example.dataDev] });
    expect(body).toMatchObject({
      outcome: 'needsApproval',
      stages: expect.arrayContaining([
        expect.objectContaining({
          name: 'system',
          approvers: expect.arrayContaining([
            expect.objectContaining({ entityRef: 'user:default/otto' }),
          ]),
        }),
      ]),
    });
    expect(JSON.stringify(body.stages)).not.toContain('user:default/uma');
    const without = await preview({ accountIds: ['123456789012'] });
    expect(without.body.problems).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining('no trusted catalog system'),
      }),
    );
  });

  it('asks the manager whom the catalog user names, who does not benefit', async () => {
    const { body } = await preview({ accountIds: [example.dataDev] });
    expect(body.stages).toContainEqual(
      expect.objectContaining({
        name: 'manager',
        approvers: [
          { entityRef: 'user:default/petra', displayName: 'Petra Pohl' },
        ],
      }),
    );
    const bens = await preview(
      { accountIds: [example.dataDev], people: ['user:default/ben'] },
      'ben',
    );
    expect(bens.body.problems).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining('nobody knows the manager'),
      }),
    );
  });

  it('asks whom a resolver names, and nobody when it fails', async () => {
    const { body } = await preview({});
    expect(body.stages).toContainEqual(
      expect.objectContaining({
        name: 'on call',
        approvers: [{ entityRef: 'user:default/sia', displayName: 'Sia Sand' }],
      }),
    );
    onCall = new Error('secret host pager.internal');
    const failed = await preview({});
    expect(failed.body).toMatchObject({ outcome: 'cannotFile' });
    expect(failed.text).toContain("'on-call' could not be asked");
    expect(failed.text).not.toContain('pager.internal');
    onCall = ['user:default/ana'];
    expect((await preview({})).text).toContain('benefits from the request');
  });

  it('lets own policy ask for more, once more when a request is carried out', async () => {
    additions = {
      stages: [{ name: 'change board', approvers: ['user:default/ida'] }],
      maxDuration: 'PT2H',
    };
    const { body } = await preview({ duration: 'PT1H' });
    expect(body.stages.map((stage: { name: string }) => stage.name)).toContain(
      'change board',
    );
    expect(asked).toHaveBeenLastCalledWith(
      expect.objectContaining({
        requesterRef: 'user:default/ana',
        teamRef: 'group:default/payments',
        plan: expect.objectContaining({ duration: 'PT1H' }),
      }),
    );
    await world.post('/requests/preview', 'ana', {
      ...fileInput({}),
      followUp: { template: 'deploy', values: { name: 'ledger' } },
    });
    expect(asked.mock.lastCall[0].plan.followUp).toEqual({
      template: 'template:default/deploy',
      contentDigest: expect.stringMatching(/^[\da-f]{64}$/),
      values: { name: 'ledger' },
    });
    expect((await preview({ duration: 'PT8H' })).body.problems).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining('(company calendar)'),
      }),
    );
    additions = { denials: ['Nothing changes in December.'] };
    expect((await preview({})).body).toMatchObject({
      outcome: 'denied',
      denials: ['Nothing changes in December.'],
    });
  });

  it('never lets own policy ask for less, and decides nothing when it fails', async () => {
    const sandbox = { accountIds: ['999900001111'] };
    expect((await preview(sandbox)).body.outcome).toBe('autoApproved');
    const before = await preview({});
    additions = { maxDuration: 'P30D' };
    expect((await preview({})).body.stages).toEqual(before.body.stages);
    expect((await preview({ duration: 'P20D' })).body.outcome).toBe(
      'cannotFile',
    );

    additions = { denials: ['No.'] };
    expect((await preview(sandbox)).body.outcome).toBe('denied');
    additions = { autoApprove: true } as {};
    expect((await preview(sandbox)).status).toBe(503);
    additions = new Error('the calendar is away');
    const failed = await preview(sandbox);
    expect(failed.status).toBe(503);
    expect(failed.body.error.message).toContain('"company calendar"');
    expect(failed.body.error.message).not.toContain('is away');
  });
});

it('does not start with a rule that asks a resolver which nobody added', async () => {
  await expect(
    RequestWorld.start(await databases.initMigrated('SQLITE_3'), {
      awsAccess: {
        policy: {
          defaultStage: { name: 'nobody', approvers: ['resolver:nobody'] },
        },
      },
    }),
  ).rejects.toThrow("asks 'resolver:nobody' for approvers");
});
