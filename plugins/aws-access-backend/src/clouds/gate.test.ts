import { CreateGroupCommand } from '@aws-sdk/client-identitystore';
import { CreateAccountAssignmentCommand } from '@aws-sdk/client-sso-admin';
import { NotAllowedError } from '@backstage/errors';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { awsAccessConfigSchema } from '../config/AwsAccessConfig';
import { createAwsClients, createAwsLimiters } from './aws/createAwsClients';
import {
  AccountAssignment,
  PermissionSetDocument,
  PermissionSetEdit,
} from './AwsCloud';
import {
  createAccountAssignmentWrite,
  createPermissionSetWrite,
  deletePermissionSetWrite,
  editPermissionSetWrite,
  provisionPermissionSetWrite,
} from './awsWrites';
import { CloudWriteGate, SealedWrite, Sealing } from './CloudWriteGate';
import { DefaultCloudsProvider } from './DefaultCloudsProvider';
import { GatedGraphClient } from './entra/GatedGraphClient';
import { addMemberWrite } from './entraWrites';
import { OrganizationClouds } from './OrganizationClouds';
import { RequestLimiter } from './RequestLimiter';

const assignment: AccountAssignment = {
  accountId: '111122223333',
  permissionSetArn:
    'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-1111111111111111',
  principalType: 'GROUP',
  principalId: '99670e1a2b-11111111-2222-3333-4444-555555555555',
};
const claim = { organizationId: 'parcel', intentId: 'intent-1', epoch: 1 };
const id = '0c6d1a52-95d8-4f0f-8c4e-2f8f4f3f6a01';

const arn = assignment.permissionSetArn;
const marks = { installation: 'installation-1', stepId: 'step-1' };
const document: PermissionSetDocument = {
  name: 'Reader',
  description: null,
  sessionDuration: 'PT1H',
  relayState: null,
  managedPolicies: [],
  customerManagedPolicies: [],
  inlinePolicy: null,
  permissionsBoundary: null,
  tags: { team: 'payments' },
};
const policy = { name: 'p', path: '/' };
/** One of each kind: AWS has a call for each. */
const edits: PermissionSetEdit[] = [
  {
    kind: 'attributes',
    description: 'd',
    sessionDuration: 'PT1H',
    relayState: null,
  },
  { kind: 'attachManagedPolicy', arn: 'arn:aws:iam::aws:policy/ReadOnly' },
  { kind: 'detachManagedPolicy', arn: 'arn:aws:iam::aws:policy/ReadOnly' },
  { kind: 'attachCustomerManagedPolicy', ...policy },
  { kind: 'detachCustomerManagedPolicy', ...policy },
  { kind: 'putInlinePolicy', policy: '{}' },
  { kind: 'deleteInlinePolicy' },
  {
    kind: 'putPermissionsBoundary',
    boundary: { customerManagedPolicy: policy },
  },
  { kind: 'deletePermissionsBoundary' },
  { kind: 'tag', tags: { team: 'data' } },
  { kind: 'untag', keys: ['team'] },
];

/** Answers every call with success, and remembers what arrived. */
class RecordingCloud {
  readonly arrived: Array<{ target: string; body: string }> = [];
  /** What the next calls are answered with instead, by target. */
  readonly failures = new Map<
    string,
    Array<{ status: number; code: string; retryAfter?: number }>
  >();
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const target = String(
        request.headers['x-amz-target'] ?? `${request.method} ${request.url}`,
      );
      this.arrived.push({ target, body });
      const answers: Record<string, object> = {
        'SWBExternalService.ListInstances': {
          Instances: [
            {
              InstanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33',
              IdentityStoreId: 'd-99670e1a2b',
              OwnerAccountId: '100000000001',
            },
          ],
        },
        'AWSOrganizationsV20161128.DescribeOrganization': {
          Organization: { MasterAccountId: '100000000001' },
        },
        'SWBExternalService.CreateAccountAssignment': {
          AccountAssignmentCreationStatus: {
            RequestId: 'request-1',
            Status: 'IN_PROGRESS',
          },
        },
      };
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      const failure = this.failures.get(target.split('?')[0])?.shift();
      if (failure) {
        response.statusCode = failure.status;
        if (failure.retryAfter) {
          response.setHeader('Retry-After', failure.retryAfter);
        }
        response.end(JSON.stringify({ __type: failure.code, message: '' }));
        return;
      }
      response.end(JSON.stringify(answers[target] ?? {}));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** What arrived and is not a read that every write needs. */
  writes() {
    return this.arrived.filter(
      ({ target }) => !/\.(List|Describe)|^GET /.test(target),
    );
  }
}

describe('security rule 19: the gate before a cloud write', () => {
  const cloud = new RecordingCloud();
  let url: string;
  const verify = jest.fn(async () => {});

  const configFor = () =>
    awsAccessConfigSchema.parse({
      organizations: {
        parcel: {
          writes: 'on',
          aws: {
            region: 'eu-central-1',
            endpoint: url,
            credentials: {
              type: 'accessKey',
              accessKeyId: 'AKIA',
              secretAccessKey: 'secret',
            },
          },
          entra: {
            tenantId: id,
            graphUrl: url,
            enterpriseApplicationId: id,
            servicePrincipalId: id,
            credentials: { type: 'accessToken', token: 'token' },
          },
        },
      },
      policy: { rules: [] },
    });
  const clouds = (onThrottled?: () => void) =>
    new DefaultCloudsProvider({
      config: configFor(),
      verifier: { verify },
      onThrottled,
    }).forOrganization('parcel');

  beforeAll(async () => {
    url = await cloud.start();
  });
  beforeEach(() => {
    cloud.arrived.length = 0;
    verify.mockReset().mockResolvedValue(undefined);
  });
  afterAll(() => cloud.stop());

  const refused = { kind: 'permanent', code: 'WriteRefused' };

  it('sends an authorized write, exactly as it was authorized', async () => {
    const { aws, gate } = clouds();
    const seal = await gate.authorize(
      claim,
      createAccountAssignmentWrite(assignment),
    );
    await aws.createAccountAssignment(async () => seal, assignment);
    expect(cloud.writes()).toEqual([
      {
        target: 'SWBExternalService.CreateAccountAssignment',
        body: JSON.stringify({
          InstanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33',
          TargetId: assignment.accountId,
          TargetType: 'AWS_ACCOUNT',
          PermissionSetArn: assignment.permissionSetArn,
          PrincipalType: 'GROUP',
          PrincipalId: assignment.principalId,
        }),
      },
    ]);
  });

  it('refuses a write without a seal, or with one that it did not make', async () => {
    const { aws, entra } = clouds();
    const forged: SealedWrite = Object.freeze({
      operation: 'sso-admin:CreateAccountAssignment',
    });
    for (const seal of [undefined as unknown as Sealing, async () => forged]) {
      await expect(
        aws.createAccountAssignment(seal, assignment),
      ).rejects.toMatchObject(refused);
      await expect(
        aws.deleteAccountAssignment(seal, assignment),
      ).rejects.toMatchObject(refused);
      await expect(
        entra.createGroup(seal, {
          uniqueName: 'u',
          displayName: 'd',
          description: 'd',
        }),
      ).rejects.toMatchObject(refused);
      await expect(entra.addMember(seal, id, id)).rejects.toMatchObject(
        refused,
      );
      await expect(entra.removeMember(seal, id, id)).rejects.toMatchObject(
        refused,
      );
      await expect(entra.deleteGroup(seal, id)).rejects.toMatchObject(refused);
      await expect(
        entra.removeApplicationAssignment(seal, 'assignment'),
      ).rejects.toMatchObject(refused);
    }
    expect(cloud.writes()).toEqual([]);
  });

  it('refuses every write to a permission set without a seal for exactly it', async () => {
    const { aws, gate } = clouds();
    const none = undefined as unknown as Sealing;
    const other = `${arn.slice(0, -1)}2`;
    const writes: Array<{
      send: (seal: Sealing) => Promise<unknown>;
      elsewhere: { operation: string; input: unknown };
    }> = [
      {
        send: seal => aws.createPermissionSet(seal, document, marks),
        elsewhere: createPermissionSetWrite(document, {
          ...marks,
          stepId: 'another',
        }),
      },
      {
        send: seal => aws.provisionPermissionSet(seal, arn),
        elsewhere: provisionPermissionSetWrite(other),
      },
      {
        send: seal => aws.deletePermissionSet(seal, arn),
        elsewhere: deletePermissionSetWrite(other),
      },
      ...edits.map(edit => ({
        send: (seal: Sealing) => aws.editPermissionSet(seal, arn, edit),
        elsewhere: editPermissionSetWrite(other, edit),
      })),
    ];
    for (const { send, elsewhere } of writes) {
      await expect(send(none)).rejects.toMatchObject(refused);
      await expect(
        send(() => gate.authorize(claim, elsewhere)),
      ).rejects.toMatchObject(refused);
    }
    expect(cloud.writes()).toEqual([]);
  });

  it('sends every write to a permission set exactly as it was authorized', async () => {
    const { aws, gate } = clouds();
    for (const edit of edits) {
      const write = editPermissionSetWrite(arn, edit);
      await aws.editPermissionSet(
        () => gate.authorize(claim, write),
        arn,
        edit,
      );
      const sent = cloud.writes().pop()!;
      expect(sent.target).toBe(
        write.operation.replace('sso-admin:', 'SWBExternalService.'),
      );
      expect(JSON.parse(sent.body)).toEqual({
        InstanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33',
        ...write.input,
      });
    }
    await aws.createPermissionSet(
      () => gate.authorize(claim, createPermissionSetWrite(document, marks)),
      document,
      marks,
    );
    expect(JSON.parse(cloud.writes().pop()!.body)).toEqual({
      InstanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33',
      Name: 'Reader',
      SessionDuration: 'PT1H',
      Tags: [
        { Key: 'awsaccess:installation', Value: 'installation-1' },
        { Key: 'awsaccess:step', Value: 'step-1' },
        { Key: 'team', Value: 'payments' },
      ],
    });
    expect(cloud.writes()).toHaveLength(edits.length + 1);
  });

  it('refuses a seal that was spent', async () => {
    const { aws, entra, gate } = clouds();
    const awsSeal = await gate.authorize(
      claim,
      createAccountAssignmentWrite(assignment),
    );
    const entraSeal = await gate.authorize(claim, addMemberWrite(id, id));
    await aws.createAccountAssignment(async () => awsSeal, assignment);
    await entra.addMember(async () => entraSeal, id, id);
    expect(cloud.writes()).toHaveLength(2);
    await expect(
      aws.createAccountAssignment(async () => awsSeal, assignment),
    ).rejects.toMatchObject(refused);
    await expect(
      entra.addMember(async () => entraSeal, id, id),
    ).rejects.toMatchObject(refused);
    expect(cloud.writes()).toHaveLength(2);
  });

  it('refuses a seal for another input or operation, and spends it', async () => {
    const { aws, entra, gate } = clouds();
    const write = createAccountAssignmentWrite(assignment);
    const other = { ...assignment, accountId: '999900001111' };
    const awsSeal = await gate.authorize(claim, write);
    await expect(
      aws.createAccountAssignment(async () => awsSeal, other),
    ).rejects.toMatchObject(refused);
    await expect(
      aws.createAccountAssignment(async () => awsSeal, assignment),
    ).rejects.toMatchObject(refused);
    await expect(
      aws.deleteAccountAssignment(
        () => gate.authorize(claim, write),
        assignment,
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      entra.removeMember(
        () => gate.authorize(claim, addMemberWrite(id, id)),
        id,
        id,
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      entra.addMember(
        () => gate.authorize(claim, addMemberWrite(id, id)),
        id,
        'b9c6cb3e-5f24-4a55-9c8a-7d8e51b5f003',
      ),
    ).rejects.toMatchObject(refused);
    expect(cloud.writes()).toEqual([]);
  });

  it('refuses input that was changed after it was authorized', async () => {
    const { aws, gate } = clouds();
    const mutable = { ...assignment };
    const seal = await gate.authorize(
      claim,
      createAccountAssignmentWrite(mutable),
    );
    mutable.principalId = 'somebody-else';
    await expect(
      aws.createAccountAssignment(async () => seal, mutable),
    ).rejects.toMatchObject(refused);
    expect(cloud.writes()).toEqual([]);
  });

  it('refuses a seal of another gate, and a claim of another organization', async () => {
    const { aws } = clouds();
    const { gate: foreignGate } = clouds();
    const foreign = await foreignGate.authorize(
      claim,
      createAccountAssignmentWrite(assignment),
    );
    await expect(
      aws.createAccountAssignment(async () => foreign, assignment),
    ).rejects.toMatchObject(refused);
    await expect(
      foreignGate.authorize(
        { ...claim, organizationId: 'other' },
        createAccountAssignmentWrite(assignment),
      ),
    ).rejects.toThrow("belongs to the organization 'other'");
    expect(cloud.arrived.filter(({ target }) => /Create/.test(target))).toEqual(
      [],
    );
  });

  it.each([
    [500, 'InternalServerException'],
    [400, 'ThrottlingException'],
    [400, 'ConflictException'],
  ])(
    'security rule 21: sends a write once when AWS answers %s %s',
    async (status, code) => {
      const { aws, gate } = clouds();
      cloud.failures.set('SWBExternalService.CreateAccountAssignment', [
        { status, code },
      ]);
      await expect(
        aws.createAccountAssignment(
          () => gate.authorize(claim, createAccountAssignmentWrite(assignment)),
          assignment,
        ),
      ).rejects.toMatchObject({
        kind: 'retryLater',
        code,
        operation: 'sso-admin:CreateAccountAssignment',
      });
      expect(cloud.writes()).toHaveLength(1);
    },
  );

  describe('while a cloud asks to be left alone', () => {
    const write = {
      aws: ({ aws, gate }: OrganizationClouds) =>
        aws.createAccountAssignment(
          () => gate.authorize(claim, createAccountAssignmentWrite(assignment)),
          assignment,
        ),
      entra: ({ entra, gate }: OrganizationClouds) =>
        entra.addMember(
          () => gate.authorize(claim, addMemberWrite(id, id)),
          id,
          id,
        ),
    };
    const read = {
      aws: ({ aws }: OrganizationClouds) =>
        aws.listPermissionSetArns()[Symbol.asyncIterator]().next(),
      entra: ({ entra }: OrganizationClouds) => entra.getUser(id),
    };
    const target = {
      aws: 'SWBExternalService.ListPermissionSets',
      entra: `GET /v1.0/users/${id}`,
    };

    async function throttled(which: 'aws' | 'entra', retryAfter: number) {
      let tell = () => {};
      const wasThrottled = new Promise<void>(resolve => {
        tell = resolve;
      });
      const those = clouds(() => tell());
      await those.aws.describeInstance();
      cloud.failures.set(target[which], [
        {
          status: which === 'aws' ? 400 : 429,
          code: 'ThrottlingException',
          retryAfter,
        },
      ]);
      // Asked for again by itself, later, and perhaps after the test.
      Promise.resolve(read[which](those)).catch(() => {});
      await wasThrottled;
      return those;
    }

    it.each(['aws', 'entra'] as const)(
      'security rule 21: asks whether a write to %s is still allowed when its turn comes',
      async which => {
        const those = await throttled(which, 2);
        const sent = write[which](those);
        // It waits, and is allowed until now.
        await new Promise(resolve => setImmediate(resolve));
        expect(verify).not.toHaveBeenCalled();
        verify.mockRejectedValue(new NotAllowedError('stopped'));
        await expect(sent).rejects.toThrow(NotAllowedError);
        expect(verify).toHaveBeenCalledTimes(1);
        expect(cloud.writes()).toEqual([]);
      },
    );

    it.each(['aws', 'entra'] as const)(
      'security rule 22: a write to %s gives its turn back instead of waiting for minutes',
      async which => {
        const those = await throttled(which, 120);
        await expect(write[which](those)).rejects.toMatchObject({
          kind: 'retryLater',
          retryAfterMs: expect.closeTo(120_000, -4),
        });
        expect(verify).not.toHaveBeenCalled();
        expect(cloud.writes()).toEqual([]);
      },
    );
  });

  it('security rule 21: sends nothing with a seal that is seconds old', async () => {
    const { aws, entra, gate } = clouds();
    const awsSeal = await gate.authorize(
      claim,
      createAccountAssignmentWrite(assignment),
    );
    const entraSeal = await gate.authorize(claim, addMemberWrite(id, id));
    const now = performance.now();
    const clock = jest
      .spyOn(performance, 'now')
      .mockImplementation(() => now + 5_001);
    try {
      const late = { kind: 'retryLater', code: 'WriteRefused' };
      await expect(
        aws.createAccountAssignment(async () => awsSeal, assignment),
      ).rejects.toMatchObject(late);
      await expect(
        entra.addMember(async () => entraSeal, id, id),
      ).rejects.toMatchObject(late);
    } finally {
      clock.mockRestore();
    }
    expect(cloud.writes()).toEqual([]);
  });

  it('asks again for a read that AWS throttles', async () => {
    cloud.failures.set('SWBExternalService.ListInstances', [
      { status: 400, code: 'ThrottlingException' },
      { status: 503, code: 'ServiceUnavailable' },
    ]);
    expect(await clouds().aws.describeInstance()).toMatchObject({
      identityStoreId: 'd-99670e1a2b',
    });
  });

  it('makes no seal when the database does not confirm the authorization', async () => {
    verify.mockRejectedValue(new Error('no such intent'));
    await expect(
      clouds().gate.authorize(claim, createAccountAssignmentWrite(assignment)),
    ).rejects.toThrow('no such intent');
  });

  it('refuses writes that are pushed through the read side of a client', async () => {
    const { aws } = configFor().organizations.parcel;
    const gate = new CloudWriteGate({ verify });
    const clients = createAwsClients({
      config: aws,
      gate,
      limiters: createAwsLimiters(
        configFor().organizations.parcel.limits,
        () => {},
      ),
      purpose: 'inventory',
    });
    const seal = await gate.authorize(
      claim,
      createAccountAssignmentWrite(assignment),
    );
    await expect(
      clients.ssoAdmin.read(client =>
        client.send(
          new CreateAccountAssignmentCommand({
            InstanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33',
            ...createAccountAssignmentWrite(assignment).input,
          }),
        ),
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      clients.identityStore.write(
        async () => seal,
        new CreateGroupCommand({
          IdentityStoreId: 'd-99670e1a2b',
          DisplayName: 'AWS-Admins',
        }),
        (client, command) => client.send(command),
      ),
    ).rejects.toMatchObject(refused);
    const graph = new GatedGraphClient({
      graphUrl: url,
      getToken: async () => 'token',
      gate,
      limiter: new RequestLimiter({ requestsPerSecond: 100, concurrency: 1 }),
      purpose: 'inventory',
    });
    await expect(
      graph.write(async () => seal, addMemberWrite(id, id), {
        method: 'POST',
        path: '/groups',
      }),
    ).rejects.toMatchObject(refused);
    // Not even the right seal opens the gate for what is hidden in a batch.
    const addMember = addMemberWrite(id, id);
    await expect(
      graph.write(() => gate.authorize(claim, addMember), addMember, {
        method: 'POST',
        path: '/$batch',
        body: {
          requests: [{ id: '0', method: 'DELETE', url: `/groups/${id}` }],
        },
      }),
    ).rejects.toMatchObject(refused);
    expect(cloud.arrived).toEqual([]);
  });
});
