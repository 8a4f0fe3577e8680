import {
  CreateGroupCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-identitystore';
import { ListPoliciesCommand } from '@aws-sdk/client-iam';
import {
  ListAccountsCommand,
  MoveAccountCommand,
} from '@aws-sdk/client-organizations';
import {
  AttachManagedPolicyToPermissionSetCommand,
  CreatePermissionSetCommand,
  DescribePermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleClouds } from '../seed';
import { type RunningSandbox, startSandbox } from '../server/startSandbox';
import {
  awsClients,
  awsConfiguration,
  exampleSetArn,
  wideLimits,
} from '../testing/awsClients';
import { InstanceArn, SsoAdminDriver } from '../testing/SsoAdminDriver';
import type { WeatherInput } from './WeatherDocument';

const IdentityStoreId = exampleClouds.aws.identityStoreId;

type Fault = NonNullable<WeatherInput['rules']>[number]['fault'];

describe('weather over AWS', () => {
  let sandbox: RunningSandbox;
  let clients: ReturnType<typeof awsClients>;

  beforeEach(async () => {
    sandbox = await startSandbox({ limits: wideLimits });
    clients = awsClients(sandbox.url);
  });

  afterEach(() => sandbox.stop());

  const rules = (...list: NonNullable<WeatherInput['rules']>) =>
    sandbox.weather.set({ rules: list });
  const strike = (fault: Fault) => rules({ fault });
  const listSets = () =>
    clients.ssoAdmin.send(new ListPermissionSetsCommand({ InstanceArn }));
  const createSet = (Name: string) =>
    clients.ssoAdmin.send(
      new CreatePermissionSetCommand({ InstanceArn, Name }),
    );
  const count = (table: string) => sandbox.store.countRows()[table];

  it('behaviour 11: Conflict shortly after a write', async () => {
    rules({ fault: { type: 'conflict', withinMs: 2000 } });
    const { PermissionSet } = await createSet('Fresh');
    const attach = () =>
      clients.ssoAdmin.send(
        new AttachManagedPolicyToPermissionSetCommand({
          InstanceArn,
          PermissionSetArn: PermissionSet?.PermissionSetArn,
          ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
        }),
      );
    await expect(attach()).rejects.toMatchObject({
      name: 'ConflictException',
      message: expect.stringContaining('has not been propagated'),
      $retryable: undefined,
    });
    // Other objects and reads are not concerned.
    await createSet('Another');
    await clients.ssoAdmin.send(
      new DescribePermissionSetCommand({
        InstanceArn,
        PermissionSetArn: PermissionSet?.PermissionSetArn,
      }),
    );
    sandbox.clock.advance(2000);
    await attach();
    await expect(attach()).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('behaviour 29: KMS and TooManyRequests errors', async () => {
    const list = () =>
      clients.identityStore.send(new ListGroupsCommand({ IdentityStoreId }));
    for (const [problem, name, sso, store] of [
      [
        'accessDenied',
        'AccessDeniedException',
        'KMS_AccessDeniedException',
        'KMS_ACCESS_DENIED',
      ],
      [
        'notFound',
        'ResourceNotFoundException',
        'KMS_NotFoundException',
        'KMS_KEY_NOT_FOUND',
      ],
      [
        'throttled',
        'ThrottlingException',
        'KMS_ThrottlingException',
        'KMS_THROTTLING',
      ],
      [
        'disabled',
        'ValidationException',
        'KMS_DisabledException',
        'KMS_DISABLED',
      ],
    ] as const) {
      strike({ type: 'kmsKey', problem });
      await expect(listSets()).rejects.toMatchObject({ name, Reason: sso });
      await expect(list()).rejects.toMatchObject({ name, Reason: store });
    }
    strike({ type: 'throttle' });
    await expect(
      clients.organizations.send(new ListAccountsCommand({})),
    ).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Type: 'RATE_LIMIT',
      $metadata: { httpStatusCode: 400 },
    });
    sandbox.weather.set({ limits: { organizationsRequestsPerSecond: 0.001 } });
    // The bucket shrinks at the next request, and one token is left in it.
    await clients.organizations.send(new ListAccountsCommand({}));
    await expect(
      clients.organizations.send(new ListAccountsCommand({})),
    ).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });

  it.each<[Fault, string, number]>([
    [{ type: 'throttle' }, 'ThrottlingException', 400],
    [{ type: 'error' }, 'InternalServerException', 500],
    [{ type: 'error', status: 503 }, 'ServiceUnavailable', 503],
    [{ type: 'expiredCredentials' }, 'ExpiredTokenException', 400],
    [{ type: 'missingPermission' }, 'AccessDeniedException', 400],
  ])('answers %j as %s', async (fault, name, httpStatusCode) => {
    strike(fault);
    await expect(listSets()).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode, requestId: expect.any(String) },
    });
  });

  it('speaks the dialects of the older services', async () => {
    for (const [fault, name] of [
      [{ type: 'throttle' }, 'Throttling'],
      [{ type: 'expiredCredentials' }, 'ExpiredToken'],
      [{ type: 'missingPermission' }, 'AccessDenied'],
      [{ type: 'error', status: 503 }, 'ServiceUnavailable'],
    ] as const) {
      strike(fault);
      await expect(
        clients.sts.send(new GetCallerIdentityCommand({})),
      ).rejects.toMatchObject({ name: expect.stringContaining(name) });
      await expect(
        clients.iam.send(new ListPoliciesCommand({})),
      ).rejects.toMatchObject({ name: expect.stringContaining(name) });
    }
    rules({ fault: { type: 'conflict' } });
    const move = {
      AccountId: '999900001111',
      SourceParentId: exampleClouds.aws.rootId,
      DestinationParentId: exampleClouds.aws.rootId,
    };
    sandbox.weather.wrote([move.AccountId]);
    await expect(
      clients.organizations.send(new MoveAccountCommand(move)),
    ).rejects.toMatchObject({ name: 'ConcurrentModificationException' });
  });

  it('loses connections before the effect, and after it', async () => {
    const before = count('aws_permission_sets');
    strike({ type: 'drop', when: 'before' });
    await expect(createSet('Lost')).rejects.toThrow('socket hang up');
    expect(count('aws_permission_sets')).toBe(before);
    strike({ type: 'drop', when: 'after' });
    await expect(createSet('Lost')).rejects.toThrow('socket hang up');
    expect(count('aws_permission_sets')).toBe(before + 1);
    strike({ type: 'error', status: 504, when: 'after' });
    await expect(createSet('Failed')).rejects.toMatchObject({
      $metadata: { httpStatusCode: 504 },
    });
    expect(count('aws_permission_sets')).toBe(before + 2);
  });

  it('makes requests wait', async () => {
    strike({ type: 'latency', minimumMs: 3_600_000, maximumMs: 3_600_000 });
    const impatient = new SSOAdminClient({
      ...awsConfiguration(sandbox.url),
      requestHandler: { requestTimeout: 20, throwOnRequestTimeout: true },
    });
    await expect(
      impatient.send(new ListInstancesCommand({})),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
    strike({ type: 'latency', maximumMs: 1 });
    await expect(listSets()).resolves.toBeDefined();
  });

  it('changes the shared rate and the outstanding cap', async () => {
    sandbox.weather.set({
      limits: {
        ssoAdminRequestsPerSecond: 10_000,
        outstandingAssignmentOperations: 1,
      },
    });
    expect(sandbox.weather.limits()).toMatchObject({
      identityStoreRequestsPerSecond: 10_000,
      outstandingAssignmentOperations: 1,
    });
    rules({
      match: { service: 'sso-admin' },
      fault: { type: 'rate', perSecond: 1 },
    });
    await listSets();
    await expect(listSets()).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    sandbox.clock.advance(1000);
    await listSets();
  });

  it('matches by service, operation, access, number and count', async () => {
    rules({
      name: 'the third and the fourth list',
      match: { service: 'sso-*', operation: 'List*Sets', access: 'read' },
      skip: 2,
      count: 2,
      fault: { type: 'error', status: 500 },
    });
    const outcomes: string[] = [];
    for (let number = 0; number < 6; number++) {
      await clients.ssoAdmin.send(new ListInstancesCommand({}));
      outcomes.push(
        await listSets().then(
          () => 'ok',
          error => error.name,
        ),
      );
    }
    expect(outcomes).toEqual([
      'ok',
      'ok',
      'InternalServerException',
      'InternalServerException',
      'ok',
      'ok',
    ]);
    expect(sandbox.weather.events()).toEqual(
      Array(2).fill({
        at: expect.any(Number),
        rule: 'the third and the fourth list',
        fault: 'error',
        service: 'sso-admin',
        operation: 'ListPermissionSets',
      }),
    );
  });

  it('lets operations fail with a reason, or take longer', async () => {
    const driver = await SsoAdminDriver.start();
    try {
      driver.sandbox.weather.set({
        rules: [
          {
            count: 1,
            fault: { type: 'failOperation', reason: 'Out of luck' },
          },
          { skip: 1, fault: { type: 'slowOperation', ms: 60_000 } },
        ],
      });
      const failing = await driver.create();
      driver.finishOperations();
      await expect(driver.creationStatus(failing)).resolves.toMatchObject({
        Status: 'FAILED',
        FailureReason: 'Out of luck',
      });
      await expect(
        driver.holders(exampleSetArn('SupportUser'), '999900001111'),
      ).resolves.toEqual([]);
      const slow = await driver.create();
      driver.finishOperations();
      await expect(driver.creationStatus(slow)).resolves.toMatchObject({
        Status: 'IN_PROGRESS',
      });
      driver.sandbox.clock.advance(60_000);
      await expect(driver.creationStatus(slow)).resolves.toMatchObject({
        Status: 'SUCCEEDED',
      });
    } finally {
      await driver.sandbox.stop();
    }
  });

  it.each(['in memory', 'in a file'])(
    'reads what was true before, %s',
    async where => {
      const folder = await mkdtemp(join(tmpdir(), 'sandbox-weather-'));
      const stale = await startSandbox({
        limits: wideLimits,
        state: where === 'in a file' ? join(folder, 'state.sqlite') : undefined,
        weather: { rules: [{ fault: { type: 'staleRead', ms: 2000 } }] },
      });
      try {
        const { identityStore } = awsClients(stale.url);
        const names = async () => {
          const { Groups } = await identityStore.send(
            new ListGroupsCommand({ IdentityStoreId }),
          );
          return Groups?.map(({ DisplayName }) => DisplayName);
        };
        const create = (DisplayName: string) =>
          identityStore.send(
            new CreateGroupCommand({ IdentityStoreId, DisplayName }),
          );
        const before = await names();
        await create('First');
        await create('Second');
        await expect(names()).resolves.toEqual(before);
        // Writes know what is true.
        await expect(create('First')).rejects.toMatchObject({
          name: 'ConflictException',
        });
        stale.clock.advance(2000);
        await expect(names()).resolves.toEqual([...before!, 'First', 'Second']);
      } finally {
        await stale.stop();
        await rm(folder, { recursive: true });
      }
    },
  );

  it('gives the same faults for the same seed, and others for another', async () => {
    const luckOf = async (seed: number) => {
      sandbox.weather.set({
        seed,
        rules: [
          { probability: 0.4, fault: { type: 'throttle' } },
          { probability: 0.3, fault: { type: 'error', status: 503 } },
        ],
      });
      for (let number = 0; number < 24; number++) {
        await listSets().catch(() => undefined);
      }
      return sandbox.weather.events().map(({ fault }) => fault);
    };
    const first = await luckOf(7);
    expect(new Set(first)).toEqual(new Set(['throttle', 'error']));
    await expect(luckOf(7)).resolves.toEqual(first);
    await expect(luckOf(8)).resolves.not.toEqual(first);
  });
});
