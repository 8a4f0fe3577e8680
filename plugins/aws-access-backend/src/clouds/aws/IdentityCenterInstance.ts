import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import {
  DescribeInstanceCommand,
  paginateListInstances,
} from '@aws-sdk/client-sso-admin';
import { CloudError } from '../CloudError';
import { AwsClients } from './createAwsClients';

/** The ids that never change while the product runs. */
export interface InstanceIds {
  instanceArn: string;
  identityStoreId: string;
  managementAccountId: string;
}

/** Finds the organization's Identity Center instance, once. */
export class IdentityCenterInstance {
  readonly #clients: AwsClients;
  #ids: Promise<InstanceIds> | undefined;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  ids(): Promise<InstanceIds> {
    if (!this.#ids) {
      const reading = this.read();
      this.#ids = reading;
      // A failure is not remembered: the next call asks again.
      reading.catch(() => {
        this.#ids = undefined;
      });
    }
    return this.#ids;
  }

  /**
   * Reads the ids as they are now.
   *
   * Accounts may have instances of their own, which manage no accounts; the
   * organization's instance belongs to the management account.
   */
  async read(): Promise<InstanceIds> {
    const { Organization } = await this.#clients.organizations.read(client =>
      client.send(new DescribeOrganizationCommand({})),
    );
    const managementAccountId = Organization?.MasterAccountId ?? '';
    for await (const page of this.#clients.ssoAdmin.pages(
      client => paginateListInstances({ client }, {}),
      ({ Instances }) => Instances ?? [],
    )) {
      const found = page.find(
        ({ OwnerAccountId }) => OwnerAccountId === managementAccountId,
      );
      if (found?.InstanceArn && found.IdentityStoreId) {
        return {
          instanceArn: found.InstanceArn,
          identityStoreId: found.IdentityStoreId,
          managementAccountId,
        };
      }
    }
    throw new CloudError({
      kind: 'permanent',
      cloud: 'aws',
      operation: 'sso-admin:ListInstances',
      code: 'NoInstance',
      cloudMessage: '',
      plainWords:
        'The AWS organization has no IAM Identity Center instance in the configured region; its primary region must be configured',
    });
  }

  /** New instances may manage applications only. */
  async permissionSetsEnabled(): Promise<boolean> {
    const { instanceArn } = await this.ids();
    const instance = await this.#clients.ssoAdmin.read(client =>
      client.send(new DescribeInstanceCommand({ InstanceArn: instanceArn })),
    );
    return instance.PermissionSetsEnabled ?? true;
  }
}
