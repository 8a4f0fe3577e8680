import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { AwsReads } from '../clouds/AwsCloud';
import { CloudError, CloudErrorKind } from '../clouds/CloudError';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { elevationPlan } from '../testing/changePlans';
import { createTestDatabases } from '../testing/databases';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';
import { classifyFailure } from './running/classifyFailure';
import { StepContext } from './running/StepExecutor';
import { retryStuckRequest } from './running/retryStuckRequest';

jest.setTimeout(60_000);

const cloudError = (kind: CloudErrorKind, code: string) =>
  new CloudError({
    kind,
    cloud: 'aws',
    operation: 'sso-admin:ListAccountAssignments',
    code,
    cloudMessage: '',
    plainWords: `AWS says ${code}`,
  });

describe('troubles', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  beforeEach(async () => {
    world = new ProvisioningWorld(
      await databases.initMigrated('SQLITE_3'),
      sandbox,
    );
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  /** Clouds whose AWS answers one method otherwise. */
  function clouds(
    method: string,
    answer: (real: (...args: any[]) => any, args: unknown[]) => unknown,
  ): CloudsProvider {
    const { aws, ...others } = world.clouds;
    return {
      forOrganization: () => ({
        ...others,
        aws: new Proxy(aws, {
          get(target, name) {
            const value = Reflect.get(target, name);
            if (typeof value !== 'function') return value;
            return name === method
              ? (...args: unknown[]) => answer(value.bind(target), args)
              : value.bind(target);
          },
        }),
      }),
    };
  }
  const isVerifying = () =>
    world
      .knex('aws_access_steps')
      .where({ kind: 'verify', state: 'running' })
      .first('id');

  it('count for a verification from its first whole look, not while AWS throttles it', async () => {
    let throttles = 0;
    let lags = 0;
    const throttled = clouds('listAssignments', (real, args) =>
      (async function* list(): ReturnType<AwsReads['listAssignments']> {
        if (await isVerifying()) {
          if (throttles < 9) {
            throttles += 1;
            throw cloudError('retryLater', 'ThrottlingException');
          }
          if (lags < 1) {
            lags += 1;
            yield [];
            return;
          }
        }
        yield* real(...args);
      })(),
    );
    const request = await world.approvePlan(
      elevationPlan({ accounts: ['data-prod'] }),
    );
    world.engine({ clouds: throttled }).start();
    const { state } = await world.untilState(request.id, 'active', 'stuck');
    expect(state).toBe('active');
    expect([throttles, lags]).toEqual([9, 1]);
  });

  it('end in a stuck request where what a grant needs is gone, and count anew when it is retried', async () => {
    let isGone = true;
    const gone = clouds('createAccountAssignment', async (real, args) => {
      if (!isGone) return real(...args);
      await (args[0] as () => Promise<unknown>)();
      throw cloudError('notFound', 'ResourceNotFoundException');
    });
    const request = await world.approvePlan(
      elevationPlan({ accounts: ['security-tooling'] }),
    );
    world.engine({ clouds: gone }).start();
    const stuck = await world.untilState(request.id, 'stuck');
    expect(stuck.stateReason).toBe(
      'AWS says ResourceNotFoundException. Something that it needs has been taken away since the approval.',
    );
    isGone = false;
    await world.stores.transaction(stores =>
      retryStuckRequest(stores, {
        request: stuck,
        actorRef: 'user:default/ida',
      }),
    );
    await world.untilState(request.id, 'active');
  });

  it('of this product itself are counted, and not the looks that went well before', () => {
    const error = new Error('Connection terminated unexpectedly');
    const pace = { backoffMs: 1, maxBackoffMs: 2 } as StepContext['pace'];
    const attempt = (result: Record<string, unknown> | null) =>
      classifyFailure(error, {
        pace,
        step: { attempts: 100, result } as StepContext['step'],
      });
    let outcome = attempt(null);
    for (let times = 1; times < 10; times += 1) {
      expect(outcome.kind).toBe('waiting');
      outcome = attempt((outcome as { result: {} }).result);
    }
    expect(outcome).toMatchObject({
      kind: 'failed',
      cloudMessage: `This product: ${error}`,
    });
  });
});
