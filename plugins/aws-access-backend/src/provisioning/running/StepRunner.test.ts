import { mockServices } from '@backstage/backend-test-utils';
import { OrganizationWorkerOptions } from '../OrganizationWorker';
import { DEFAULT_PACE } from '../ProvisioningPace';
import { StepRunner } from './StepRunner';
import { StepRow } from '../stores/StepStore';

describe('StepRunner', () => {
  it('security rule 30: keeps the names of people out of logs', async () => {
    const step = {
      id: 'step-1',
      requestId: 'request-1',
      kind: 'ensureMembers',
      phase: 'grant',
      title: 'Put Ana Alves into AWS-Test',
    } as StepRow;
    const logger = mockServices.logger.mock();
    const runner = new StepRunner(
      {
        stores: {
          provisioning: {
            steps: {
              listDue: async () => [step],
              begin: async () => {
                throw new Error('the database is away');
              },
            },
          },
        },
        pace: DEFAULT_PACE,
        organization: { limits: { outstandingAssignments: 10 } },
        clouds: { forOrganization: () => ({}) },
        logger,
      } as unknown as OrganizationWorkerOptions,
      () => {},
    );

    await runner.runDue({ organizationId: 'parcel', owner: 'one', epoch: 1 });
    await runner.idle();

    expect(logger.error).toHaveBeenCalledWith(
      'Step ensureMembers (step-1) of request request-1 was given up: Error: the database is away',
    );
  });
});
