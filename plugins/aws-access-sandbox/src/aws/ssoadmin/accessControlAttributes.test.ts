import {
  CreateInstanceAccessControlAttributeConfigurationCommand,
  DeleteInstanceAccessControlAttributeConfigurationCommand,
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  UpdateInstanceAccessControlAttributeConfigurationCommand,
} from '@aws-sdk/client-sso-admin';
import { InstanceArn, SsoAdminDriver } from '../../testing/SsoAdminDriver';

const attribute = (Key: string) => ({
  Key,
  Value: { Source: [['$', '{path:enterprise.costCenter}'].join('')] },
});

const configuration = (...keys: string[]) => ({
  InstanceArn,
  InstanceAccessControlAttributeConfiguration: {
    AccessControlAttributes: keys.map(attribute),
  },
});

describe('sso-admin attributes for access control', () => {
  let driver: SsoAdminDriver;

  beforeEach(async () => {
    driver = await SsoAdminDriver.start();
  });

  afterEach(() => driver.sandbox.stop());

  it('can be enabled once, changed, looked at and disabled', async () => {
    const describeConfiguration = () =>
      driver.client.send(
        new DescribeInstanceAccessControlAttributeConfigurationCommand({
          InstanceArn,
        }),
      );
    const create = (...keys: string[]) =>
      driver.client.send(
        new CreateInstanceAccessControlAttributeConfigurationCommand(
          configuration(...keys),
        ),
      );
    await expect(describeConfiguration()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await create('CostCenter');
    await expect(describeConfiguration()).resolves.toMatchObject({
      Status: 'CREATION_IN_PROGRESS',
    });
    driver.finishOperations();
    await expect(create('CostCenter')).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await driver.client.send(
      new UpdateInstanceAccessControlAttributeConfigurationCommand(
        configuration('CostCenter', 'Team'),
      ),
    );
    await expect(describeConfiguration()).resolves.toMatchObject({
      Status: 'ENABLED',
      InstanceAccessControlAttributeConfiguration: {
        AccessControlAttributes: [attribute('CostCenter'), attribute('Team')],
      },
    });
    await driver.client.send(
      new DeleteInstanceAccessControlAttributeConfigurationCommand({
        InstanceArn,
      }),
    );
    await expect(describeConfiguration()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('takes at most fifty attributes, each key once', async () => {
    const names = (count: number) =>
      Array.from({ length: count }, (_, index) => `Key${index}`);
    for (const keys of [names(51), ['Team', 'Team']]) {
      await expect(
        driver.client.send(
          new CreateInstanceAccessControlAttributeConfigurationCommand(
            configuration(...keys),
          ),
        ),
      ).rejects.toMatchObject({ name: 'ValidationException' });
    }
    await driver.client.send(
      new CreateInstanceAccessControlAttributeConfigurationCommand(
        configuration(...names(50)),
      ),
    );
  });
});
