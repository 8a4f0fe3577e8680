import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { OperationsResponse } from 'backstage-plugin-aws-access-common';
import { AuthorizedOperationsService } from './AuthorizedOperationsService';
import { Caller, Role } from './Viewer';

const RAW = 'User: arn:aws:iam::111122223333:user/ana is not authorized';

const answer = {
  asOf: '2026-11-24T09:00:00.000Z',
  canStopWrites: true,
  items: [
    {
      credentials: {
        checkedAt: '2026-11-24T09:00:00.000Z',
        aws: {
          type: 'assumeRole',
          account: 'unknown',
          problem: 'AWS does not know the credentials of this product',
          cloudMessage: RAW,
        },
        entra: {
          type: 'certificate',
          expiresAt: null,
          assignsApplication: true,
          problem: 'There is no file at entra.credentials.certificatePath.',
          cloudMessage: '/run/secrets/entra.pem',
        },
      },
      stuck: [{ id: 'r1', reason: 'AWS says no', cloudMessage: RAW }],
      overdue: [{ id: 'r2', reason: 'AWS says no', cloudMessage: RAW }],
    },
  ],
} as unknown as OperationsResponse;

describe('AuthorizedOperationsService', () => {
  const service = new AuthorizedOperationsService(
    { describe: async () => answer } as never,
    mockServices.permissions.mock({
      authorize: async queries =>
        queries.map(() => ({ result: AuthorizeResult.ALLOW })),
    }),
  );
  const describeAs = (...roles: Role[]) =>
    service.describe({ roles: new Set(roles) } as unknown as Caller);

  it.each<Role>(['operator', 'admin'])(
    'security rule 30: shows the raw words of the clouds to the role %s',
    async role => {
      expect((await describeAs(role)).items).toEqual(answer.items);
    },
  );

  it('security rule 30: keeps the raw words of the clouds from the role security', async () => {
    const shown = await describeAs('security');
    expect(JSON.stringify(shown)).not.toMatch(/arn:aws|entra\.pem/);
    expect(shown.items[0].credentials).toMatchObject({
      aws: { problem: 'AWS does not know the credentials of this product' },
    });
    expect(shown.items[0].stuck).toMatchObject([{ reason: 'AWS says no' }]);
  });

  it('is for nobody else', async () => {
    await expect(describeAs('auditor')).rejects.toThrow(/operator/);
    await expect(describeAs()).rejects.toThrow(/operator/);
  });
});
