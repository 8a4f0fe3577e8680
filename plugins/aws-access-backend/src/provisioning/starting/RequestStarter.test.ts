import { mockServices } from '@backstage/backend-test-utils';
import { CloudError } from '../../clouds/CloudError';
import { DatabaseStores } from '../../database/DatabaseStores';
import { NO_SEALS } from '../../integrity/Seals';
import { approveRequest } from '../../testing/approveRequest';
import { createTestDatabases } from '../../testing/databases';
import { planOf } from '../../testing/planOf';
import { OrganizationWorkerOptions } from '../OrganizationWorker';
import { DEFAULT_PACE } from '../ProvisioningPace';
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
});
