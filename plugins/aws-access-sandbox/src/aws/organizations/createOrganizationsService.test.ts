import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { exampleAccounts, exampleClouds, exampleUnits } from '../../seed';
import { type RunningSandbox, startSandbox } from '../../server/startSandbox';
import { awsClients, delegateAccessKeyId } from '../../testing/awsClients';

const { aws } = exampleClouds;
const payments = '111122223333';
const unitNamed = (name: string) =>
  exampleUnits.find(unit => unit.name === name)?.id;

describe('organizations', () => {
  let sandbox: RunningSandbox;
  let client: ReturnType<typeof awsClients>['organizations'];

  beforeAll(async () => {
    sandbox = await startSandbox();
    client = awsClients(sandbox.url).organizations;
  });

  afterAll(() => sandbox.stop());

  it('lists every account once, however the list is cut into pages', async () => {
    const ids: (string | undefined)[] = [];
    for await (const page of paginateListAccounts(
      { client, pageSize: 5 },
      {},
    )) {
      expect(page.Accounts?.length).toBeLessThanOrEqual(5);
      ids.push(...(page.Accounts ?? []).map(account => account.Id));
    }
    expect(ids).toEqual(exampleAccounts.map(account => account.id));
  });

  it('describes an account with its state and its path, without the retired status', async () => {
    const { Account } = await client.send(
      new DescribeAccountCommand({ AccountId: payments }),
    );
    expect(Account).toEqual({
      Id: payments,
      Arn: `arn:aws:organizations::${aws.managementAccountId}:account/${aws.organizationId}/${payments}`,
      Email: 'aws+payments-prod@parcel.example',
      Name: 'payments-prod',
      State: 'ACTIVE',
      Paths: [
        `${aws.organizationId}/${aws.rootId}/${unitNamed(
          'Workloads',
        )}/${unitNamed('Production')}/${payments}/`,
      ],
      JoinedMethod: 'CREATED',
      JoinedTimestamp: expect.any(Date),
    });
  });

  it('walks the tree down and up', async () => {
    const { Roots } = await client.send(new ListRootsCommand({}));
    expect(Roots?.map(root => root.Id)).toEqual([aws.rootId]);

    const { OrganizationalUnits } = await client.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: aws.rootId }),
    );
    expect(OrganizationalUnits?.map(unit => unit.Name)).toEqual([
      'Workloads',
      'Security',
      'Infrastructure',
      'Sandbox',
    ]);

    const production = unitNamed('Production');
    const { Accounts } = await client.send(
      new ListAccountsForParentCommand({ ParentId: production }),
    );
    const { Children } = await client.send(
      new ListChildrenCommand({ ParentId: production, ChildType: 'ACCOUNT' }),
    );
    expect(Accounts?.map(account => account.Id)).toContain(payments);
    expect(Children).toEqual(
      Accounts?.map(account => ({ Id: account.Id, Type: 'ACCOUNT' })),
    );

    const { Parents } = await client.send(
      new ListParentsCommand({ ChildId: payments }),
    );
    expect(Parents).toEqual([{ Id: production, Type: 'ORGANIZATIONAL_UNIT' }]);

    const { OrganizationalUnit } = await client.send(
      new DescribeOrganizationalUnitCommand({
        OrganizationalUnitId: production,
      }),
    );
    expect(OrganizationalUnit?.Path).toBe(
      `${aws.organizationId}/${aws.rootId}/${unitNamed(
        'Workloads',
      )}/${production}/`,
    );
  });

  it('gives the tags of an account', async () => {
    const { Tags } = await client.send(
      new ListTagsForResourceCommand({ ResourceId: payments }),
    );
    expect(Tags).toEqual(
      expect.arrayContaining([
        { Key: 'environment', Value: 'prod' },
        { Key: 'owner', Value: 'user:default/petra' },
      ]),
    );
  });

  it('names the management account and the delegated administrator', async () => {
    const { Organization } = await client.send(
      new DescribeOrganizationCommand({}),
    );
    expect(Organization).toMatchObject({
      Id: aws.organizationId,
      FeatureSet: 'ALL',
      MasterAccountId: aws.managementAccountId,
      MasterAccountArn: `arn:aws:organizations::${aws.managementAccountId}:account/${aws.organizationId}/${aws.managementAccountId}`,
    });
    const { DelegatedAdministrators } = await client.send(
      new ListDelegatedAdministratorsCommand({
        ServicePrincipal: 'sso.amazonaws.com',
      }),
    );
    expect(DelegatedAdministrators?.map(account => account.Id)).toEqual([
      aws.delegatedAdministratorAccountId,
    ]);
    await expect(
      awsClients(sandbox.url, delegateAccessKeyId).organizations.send(
        new ListAccountsCommand({}),
      ),
    ).resolves.toBeDefined();
  });

  it('refuses bad input and unknown things with the errors of the service', async () => {
    await expect(
      client.send(new ListAccountsCommand({ MaxResults: 21 })),
    ).rejects.toMatchObject({
      name: 'InvalidInputException',
      Reason: 'MAX_VALUE_EXCEEDED',
    });
    await expect(
      client.send(new ListAccountsCommand({ NextToken: 'made up' })),
    ).rejects.toMatchObject({
      name: 'InvalidInputException',
      Reason: 'INVALID_NEXT_TOKEN',
    });
    await expect(
      client.send(new DescribeAccountCommand({ AccountId: '12' })),
    ).rejects.toMatchObject({
      name: 'InvalidInputException',
      Reason: 'INVALID_PATTERN',
    });
    await expect(
      client.send(new DescribeAccountCommand({ AccountId: '999999999999' })),
    ).rejects.toMatchObject({ name: 'AccountNotFoundException' });
    await expect(
      client.send(
        new ListAccountsForParentCommand({ ParentId: 'ou-ex01-00000000' }),
      ),
    ).rejects.toMatchObject({ name: 'ParentNotFoundException' });
    await expect(
      client.send(new ListParentsCommand({ ChildId: '999999999999' })),
    ).rejects.toMatchObject({ name: 'ChildNotFoundException' });
    await expect(
      client.send(
        new ListTagsForResourceCommand({ ResourceId: '999999999999' }),
      ),
    ).rejects.toMatchObject({ name: 'TargetNotFoundException' });
  });
});
