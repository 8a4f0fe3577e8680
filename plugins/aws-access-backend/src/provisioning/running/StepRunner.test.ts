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

  it('attempts a step once at a time, by whichever ways it comes', async () => {
    const step = {
      id: 'step-1',
      requestId: 'request-1',
      kind: 'ensureAssignment',
      phase: 'grant',
    } as StepRow;
    let attempts = 0;
    let most = 0;
    let atOnce = 0;
    let goOn = () => {};
    const isHeld = new Promise<void>(resolve => {
      goOn = resolve;
    });
    const runner = new StepRunner(
      {
        stores: {
          provisioning: {
            intents: { listOutstanding: async () => [] },
            steps: {
              listDue: async () => [step],
              begin: async () => {
                attempts += 1;
                atOnce += 1;
                most = Math.max(most, atOnce);
                await isHeld;
                atOnce -= 1;
                throw new Error('the database is away');
              },
            },
          },
        },
        pace: DEFAULT_PACE,
        organization: { limits: { outstandingAssignments: 10 } },
        clouds: { forOrganization: () => ({}) },
        logger: mockServices.logger.mock(),
      } as unknown as OrganizationWorkerOptions,
      () => {},
    );
    const claim = { organizationId: 'parcel', owner: 'one', epoch: 1 };

    // Both see it due before either has begun with it.
    await Promise.all([runner.runDue(claim), runner.runDue(claim)]);
    goOn();
    await runner.idle();

    expect({ attempts, most }).toEqual({ attempts: 1, most: 1 });
  });
});
