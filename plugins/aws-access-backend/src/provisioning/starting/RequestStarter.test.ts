import { mockServices } from '@backstage/backend-test-utils';
import { CloudError } from '../../clouds/CloudError';
import { DatabaseStores } from '../../database/DatabaseStores';
import { NO_SEALS } from '../../integrity/Seals';
import { approveRequest } from '../../testing/approveRequest';
import { createTestDatabases } from '../../testing/databases';
import { planOf } from '../../testing/planOf';
import { OrganizationWorkerOptions } from '../OrganizationWorker';
import { DEFAULT_PACE } from '../ProvisioningPace';
import { footprintOf } from './footprintOf';
import { RequestStarter } from './RequestStarter';

const databases = createTestDatabases();

describe.each(databases.ids)('RequestStarter on %s', id => {
  async function startWith(error: Error) {
    const stores = new DatabaseStores(
      await databases.initMigrated(id),
      NO_SEALS,
    );
    const request = await approveRequest(
      stores,
      planOf({ groupName: 'AWS-Test' }),
    );
    const claim = (await stores.organizations.claim('parcel', 'one', 60))!;
    const starter = new RequestStarter(
      {
        organization: { writes: 'on' },
        config: { requests: { lapseApprovedAfter: 'P1D' } },
        stores,
        pace: DEFAULT_PACE,
        logger: mockServices.logger.mock(),
        planner: {
          planFromClouds: async () => {
            throw error;
          },
        },
      } as unknown as OrganizationWorkerOptions,
      () => {},
    );
    await starter.startApproved(claim);
    await starter.idle();
    return { before: request, after: (await stores.requests.get(request.id))! };
  }

  it('says on the request why it could not start, and that it is tried again', async () => {
    const { before, after } = await startWith(
      new CloudError({
        kind: 'retryLater',
        cloud: 'aws',
        operation: 'sso-admin:DescribePermissionSet',
        code: 'InternalServerException',
        cloudMessage: 'raw words',
        plainWords: 'AWS had a fault of its own',
      }),
    );
    expect(after).toMatchObject({
      state: 'approved',
      version: before.version,
      stateReason:
        'It could not start yet: AWS had a fault of its own. Tried again by itself.',
    });
  });

  it('keeps the words of its own defects to itself', async () => {
    const { after } = await startWith(new TypeError('x is not a function'));
    expect(after.stateReason).toMatch(/inside this product/);
    expect(after.stateReason).not.toContain('function');
  });

  it('starts what can be started although a hundred wait for one group, and those once it is free', async () => {
    const knex = await databases.initMigrated(id);
    const stores = new DatabaseStores(knex, NO_SEALS);
    const approve = (groupName: string) =>
      approveRequest(stores, planOf({ groupName }));
    const first = await approve('AWS-Crowded');
    const claim = (await stores.organizations.claim('parcel', 'one', 60))!;
    const planned: string[] = [];
    const starter = new RequestStarter(
      {
        organization: { writes: 'on' },
        config: { requests: { lapseApprovedAfter: 'P1D' } },
        stores,
        pace: DEFAULT_PACE,
        logger: mockServices.logger.mock(),
        planner: {
          planFromClouds: async ({ requestId }: { requestId: string }) => {
            planned.push(requestId);
            throw new Error('Planned, and that is enough');
          },
        },
      } as unknown as OrganizationWorkerOptions,
      () => {},
    );
    const round = async () => {
      await starter.startApproved(claim);
      await starter.idle();
    };
    const plan = planOf({ groupName: 'AWS-Crowded' });
    await stores.transaction(async transaction => {
      await transaction.provisioning.footprints.take(
        'parcel',
        first.id,
        footprintOf(plan),
      );
    });
    await knex('aws_access_requests')
      .where('id', first.id)
      .update({ state: 'propagating' });
    const waiting: string[] = [];
    for (let n = 0; n < 100; n++)
      waiting.push((await approve('AWS-Crowded')).id);
    const other = await approve('AWS-Other');

    await round();
    await round();
    expect(planned).toEqual([other.id]);
    expect(await stores.requests.get(waiting[99])).toMatchObject({
      stateReason: expect.stringContaining('touches the same access'),
    });

    await stores.provisioning.footprints.release(first.id);
    planned.length = 0;
    await round();
    expect(planned.length).toBeGreaterThan(0);
    expect(waiting).toEqual(expect.arrayContaining(planned));
  });
});
