import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  DeregisterDelegatedAdministratorCommand,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  MoveAccountCommand,
  paginateListAccounts,
  RegisterDelegatedAdministratorCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-organizations';
import { exampleAccounts, exampleClouds, exampleUnits } from '../../seed';
import { type RunningSandbox, startSandbox } from '../../server/startSandbox';
import type { SandboxSwitches } from '../../server/SandboxSwitches';
import {
  awsClients,
  delegateAccessKeyId,
  wideLimits,
} from '../../testing/awsClients';

const { aws } = exampleClouds;
const payments = '111122223333';
const unitNamed = (name: string) =>
  exampleUnits.find(unit => unit.name === name)?.id;

describe('organizations', () => {
  let sandbox: RunningSandbox;
  let client: ReturnType<typeof awsClients>['organizations'];

  beforeEach(async () => {
    sandbox = await startSandbox({ limits: wideLimits });
    client = awsClients(sandbox.url).organizations;
  });

  afterEach(() => sandbox.stop());

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

  it('behaviour 22: `State`, `Status` and `Paths` by switch', async () => {
    const fieldsOf = async (
      accountFields?: SandboxSwitches['accountFields'],
    ) => {
      const other = await startSandbox({
        limits: wideLimits,
        switches: accountFields && { accountFields },
      });
      try {
        const { Accounts } = await awsClients(other.url).organizations.send(
          new ListAccountsCommand({}),
        );
        return ['Status', 'State', 'Paths'].filter(
          field => field in Accounts![0],
        );
      } finally {
        await other.stop();
      }
    };
    await expect(fieldsOf()).resolves.toEqual(['State', 'Paths']);
    await expect(fieldsOf(['Status'])).resolves.toEqual(['Status']);
    await expect(fieldsOf(['Status', 'State', 'Paths'])).resolves.toEqual([
      'Status',
      'State',
      'Paths',
    ]);
  });

  it('moves and tags accounts, and registers delegated administrators', async () => {
    const [sandboxUnit, production] = ['Sandbox', 'Production'].map(unitNamed);
    const move = (SourceParentId?: string, DestinationParentId?: string) =>
      client.send(
        new MoveAccountCommand({
          AccountId: payments,
          SourceParentId,
          DestinationParentId,
        }),
      );
    await move(production, sandboxUnit);
    const { Account } = await client.send(
      new DescribeAccountCommand({ AccountId: payments }),
    );
    expect(Account?.Paths).toEqual([
      `${aws.organizationId}/${aws.rootId}/${sandboxUnit}/${payments}/`,
    ]);
    await expect(move(production, aws.rootId)).rejects.toMatchObject({
      name: 'SourceParentNotFoundException',
    });
    await expect(move(sandboxUnit, sandboxUnit)).rejects.toMatchObject({
      name: 'DuplicateAccountException',
    });
    await expect(move(sandboxUnit, 'ou-ex01-00000000')).rejects.toMatchObject({
      name: 'DestinationParentNotFoundException',
    });

    await client.send(
      new TagResourceCommand({
        ResourceId: payments,
        Tags: [{ Key: 'environment', Value: 'sandbox' }],
      }),
    );
    await client.send(
      new UntagResourceCommand({ ResourceId: payments, TagKeys: ['owner'] }),
    );
    const { Tags } = await client.send(
      new ListTagsForResourceCommand({ ResourceId: payments }),
    );
    expect(Tags).toContainEqual({ Key: 'environment', Value: 'sandbox' });
    expect(Tags?.map(({ Key }) => Key)).not.toContain('owner');
    await expect(
      client.send(
        new TagResourceCommand({
          ResourceId: payments,
          Tags: [
            { Key: 'a', Value: '1' },
            { Key: 'a', Value: '2' },
          ],
        }),
      ),
    ).rejects.toMatchObject({ Reason: 'DUPLICATE_TAG_KEY' });

    const delegation = {
      AccountId: payments,
      ServicePrincipal: 'sso.amazonaws.com',
    };
    const services = () =>
      client.send(new ListDelegatedServicesForAccountCommand(delegation));
    await expect(services()).rejects.toMatchObject({
      name: 'AccountNotRegisteredException',
    });
    await client.send(new RegisterDelegatedAdministratorCommand(delegation));
    await expect(
      client.send(new RegisterDelegatedAdministratorCommand(delegation)),
    ).rejects.toMatchObject({ name: 'AccountAlreadyRegisteredException' });
    await expect(services()).resolves.toMatchObject({
      DelegatedServices: [{ ServicePrincipal: 'sso.amazonaws.com' }],
    });
    await client.send(new DeregisterDelegatedAdministratorCommand(delegation));
    await expect(services()).rejects.toMatchObject({
      name: 'AccountNotRegisteredException',
    });
    await expect(
      client.send(
        new RegisterDelegatedAdministratorCommand({
          ...delegation,
          AccountId: aws.managementAccountId,
        }),
      ),
    ).rejects.toMatchObject({ name: 'ConstraintViolationException' });
  });

  it('makes accounts and organizational units, and closes accounts', async () => {
    const create = async (Email: string) => {
      const { CreateAccountStatus } = await client.send(
        new CreateAccountCommand({
          AccountName: 'mobile-dev',
          Email,
          Tags: [{ Key: 'environment', Value: 'dev' }],
        }),
      );
      expect(CreateAccountStatus).toMatchObject({ State: 'IN_PROGRESS' });
      sandbox.clock.advance(1000);
      return (
        await client.send(
          new DescribeCreateAccountStatusCommand({
            CreateAccountRequestId: CreateAccountStatus?.Id,
          }),
        )
      ).CreateAccountStatus;
    };
    const created = await create('aws+mobile-dev@parcel.example');
    expect(created).toMatchObject({
      State: 'SUCCEEDED',
      AccountId: expect.stringMatching(/^\d{12}$/),
      CompletedTimestamp: expect.any(Date),
    });
    const AccountId = created?.AccountId;
    const account = async () =>
      (await client.send(new DescribeAccountCommand({ AccountId }))).Account;
    await expect(account()).resolves.toMatchObject({
      Name: 'mobile-dev',
      State: 'ACTIVE',
      Paths: [`${aws.organizationId}/${aws.rootId}/${AccountId}/`],
    });
    await expect(
      client.send(new ListTagsForResourceCommand({ ResourceId: AccountId })),
    ).resolves.toMatchObject({ Tags: [{ Key: 'environment', Value: 'dev' }] });
    await expect(
      create('aws+mobile-dev@parcel.example'),
    ).resolves.toMatchObject({
      State: 'FAILED',
      FailureReason: 'EMAIL_ALREADY_EXISTS',
    });
    await expect(
      client.send(
        new DescribeCreateAccountStatusCommand({
          CreateAccountRequestId: 'car-00000000',
        }),
      ),
    ).rejects.toMatchObject({ name: 'CreateAccountStatusNotFoundException' });

    const unit = { ParentId: unitNamed('Workloads'), Name: 'Mobile' };
    const { OrganizationalUnit } = await client.send(
      new CreateOrganizationalUnitCommand(unit),
    );
    expect(OrganizationalUnit?.Path).toBe(
      `${aws.organizationId}/${aws.rootId}/${unit.ParentId}/${OrganizationalUnit?.Id}/`,
    );
    await expect(
      client.send(new CreateOrganizationalUnitCommand(unit)),
    ).rejects.toMatchObject({ name: 'DuplicateOrganizationalUnitException' });

    await client.send(new CloseAccountCommand({ AccountId }));
    await expect(account()).resolves.toMatchObject({
      State: 'PENDING_CLOSURE',
    });
    await expect(
      client.send(new CloseAccountCommand({ AccountId })),
    ).rejects.toMatchObject({ name: 'AccountAlreadyClosedException' });
    await expect(
      client.send(
        new CloseAccountCommand({ AccountId: aws.managementAccountId }),
      ),
    ).rejects.toMatchObject({ Reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT' });
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
