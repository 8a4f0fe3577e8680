import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DeletePermissionsBoundaryFromPermissionSetCommand,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  DetachManagedPolicyFromPermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { exampleSetArn } from '../../testing/awsClients';
import { InstanceArn, SsoAdminDriver } from '../../testing/SsoAdminDriver';

describe('sso-admin policies of permission sets', () => {
  let driver: SsoAdminDriver;

  beforeEach(async () => {
    driver = await SsoAdminDriver.start();
  });

  afterEach(() => driver.sandbox.stop());

  it('keeps policies of every kind', async () => {
    const reference = {
      InstanceArn,
      PermissionSetArn: exampleSetArn('SupportUser'),
    };
    const before = await driver.client.send(
      new ListManagedPoliciesInPermissionSetCommand(reference),
    );
    const ManagedPolicyArn = 'arn:aws:iam::aws:policy/job-function/Billing';
    await driver.client.send(
      new AttachManagedPolicyToPermissionSetCommand({
        ...reference,
        ManagedPolicyArn,
      }),
    );
    await expect(
      driver.client.send(
        new AttachManagedPolicyToPermissionSetCommand({
          ...reference,
          ManagedPolicyArn,
        }),
      ),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(
      driver.client.send(
        new ListManagedPoliciesInPermissionSetCommand(reference),
      ),
    ).resolves.toMatchObject({
      AttachedManagedPolicies: [
        ...(before.AttachedManagedPolicies ?? []),
        { Name: 'Billing', Arn: ManagedPolicyArn },
      ],
    });
    await driver.client.send(
      new DetachManagedPolicyFromPermissionSetCommand({
        ...reference,
        ManagedPolicyArn,
      }),
    );

    const CustomerManagedPolicyReference = { Name: 'Own', Path: '/team/' };
    await driver.client.send(
      new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
        ...reference,
        CustomerManagedPolicyReference,
      }),
    );
    await expect(
      driver.client.send(
        new ListCustomerManagedPolicyReferencesInPermissionSetCommand(
          reference,
        ),
      ),
    ).resolves.toMatchObject({
      CustomerManagedPolicyReferences: [CustomerManagedPolicyReference],
    });
    await driver.client.send(
      new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand({
        ...reference,
        CustomerManagedPolicyReference,
      }),
    );

    const InlinePolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }],
    });
    await driver.client.send(
      new PutInlinePolicyToPermissionSetCommand({
        ...reference,
        InlinePolicy,
      }),
    );
    await expect(
      driver.client.send(new GetInlinePolicyForPermissionSetCommand(reference)),
    ).resolves.toMatchObject({ InlinePolicy });
    await driver.client.send(
      new DeleteInlinePolicyFromPermissionSetCommand(reference),
    );
    const without = await driver.client.send(
      new GetInlinePolicyForPermissionSetCommand(reference),
    );
    expect(without).not.toHaveProperty('InlinePolicy');

    const PermissionsBoundary = { ManagedPolicyArn };
    await driver.client.send(
      new PutPermissionsBoundaryToPermissionSetCommand({
        ...reference,
        PermissionsBoundary,
      }),
    );
    await expect(
      driver.client.send(
        new GetPermissionsBoundaryForPermissionSetCommand(reference),
      ),
    ).resolves.toMatchObject({ PermissionsBoundary });
    await driver.client.send(
      new DeletePermissionsBoundaryFromPermissionSetCommand(reference),
    );
    await expect(
      driver.client.send(
        new GetPermissionsBoundaryForPermissionSetCommand(reference),
      ),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('behaviour 19: inline policy size', async () => {
    const reference = {
      InstanceArn,
      PermissionSetArn: exampleSetArn('SupportUser'),
    };
    const put = (InlinePolicy: string) =>
      driver.client.send(
        new PutInlinePolicyToPermissionSetCommand({
          ...reference,
          InlinePolicy,
        }),
      );
    const policyOf = (sidLength: number) =>
      JSON.stringify({ Statement: [{ Sid: 'x'.repeat(sidLength) }] });
    await expect(put(policyOf(10_300))).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
    });
    await expect(
      put(`${policyOf(1)}${' '.repeat(32_768)}`),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      put(`${policyOf(1)}${' '.repeat(20_000)}`),
    ).resolves.toBeDefined();
    await expect(put('no JSON')).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
