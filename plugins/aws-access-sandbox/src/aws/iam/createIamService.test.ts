import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListPoliciesCommand,
  paginateListPolicies,
} from '@aws-sdk/client-iam';
import { examplePermissionSets } from '../../seed';
import { type RunningSandbox, startSandbox } from '../../server/startSandbox';
import { awsClients } from '../../testing/awsClients';

describe('iam', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(() => sandbox.stop());

  it('lists the AWS managed policies, and reads every one that the company uses', async () => {
    const { iam } = awsClients(sandbox.url);
    const arns: (string | undefined)[] = [];
    for await (const page of paginateListPolicies(
      { client: iam, pageSize: 4 },
      { Scope: 'AWS' },
    )) {
      arns.push(...(page.Policies ?? []).map(({ Arn }) => Arn));
    }
    expect(new Set(arns).size).toBe(arns.length);
    const used = new Set(
      examplePermissionSets.flatMap(set => [
        ...set.managedPolicyArns,
        ...(set.permissionsBoundaryArn ? [set.permissionsBoundaryArn] : []),
      ]),
    );
    expect(arns).toEqual(expect.arrayContaining([...used]));
    for (const PolicyArn of used) {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      expect(Policy).toMatchObject({
        Arn: PolicyArn,
        IsAttachable: true,
        Description: expect.any(String),
      });
      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({
          PolicyArn,
          VersionId: Policy?.DefaultVersionId,
        }),
      );
      expect(
        JSON.parse(decodeURIComponent(PolicyVersion!.Document!)),
      ).toMatchObject({ Version: '2012-10-17', Statement: expect.anything() });
    }
    const local = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
    expect(local).toMatchObject({ Policies: [], IsTruncated: false });
    const functions = await iam.send(
      new ListPoliciesCommand({ PathPrefix: '/job-function/' }),
    );
    expect(functions.Policies?.map(({ PolicyName }) => PolicyName)).toContain(
      'Billing',
    );
  });

  it('refuses what it does not have', async () => {
    const { iam } = awsClients(sandbox.url);
    await expect(
      iam.send(
        new GetPolicyCommand({
          PolicyArn: 'arn:aws:iam::aws:policy/Nothing<&>',
        }),
      ),
    ).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: expect.stringContaining('Nothing<&>'),
    });
    await expect(
      iam.send(new ListPoliciesCommand({ MaxItems: 1001 })),
    ).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
