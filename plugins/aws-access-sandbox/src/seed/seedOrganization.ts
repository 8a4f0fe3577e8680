import type { SandboxStore } from '../store/SandboxStore';
import {
  exampleAccountPolicies,
  exampleAccounts,
  exampleUnits,
} from './exampleAccounts';
import { exampleClouds, exampleFoundedAt } from './exampleConstants';

const { aws, credentials } = exampleClouds;

const arn = (kind: string, path: string) =>
  `arn:aws:organizations::${aws.managementAccountId}:${kind}/${aws.organizationId}${path}`;

const unitId = (name: string | undefined) =>
  exampleUnits.find(unit => unit.name === name)?.id ?? aws.rootId;

/** Writes the organization, its tree, tags and callers, and the Identity Center instance. */
export function seedOrganization(store: SandboxStore): void {
  const management = exampleAccounts.find(
    ({ id }) => id === aws.managementAccountId,
  )!;
  store.insert('aws_organization', {
    id: aws.organizationId,
    arn: arn('organization', ''),
    root_id: aws.rootId,
    root_arn: arn('root', `/${aws.rootId}`),
    management_account_id: management.id,
    management_account_email: management.email,
  });
  store.insert('aws_instance', {
    instance_arn: aws.instanceArn,
    identity_store_id: aws.identityStoreId,
    owner_account_id: management.id,
    // Names of instances have no spaces.
    name: exampleClouds.company.replace(' ', '-'),
    region: aws.region,
    created_at: exampleFoundedAt,
  });
  for (const unit of exampleUnits) {
    store.insert('aws_organizational_units', {
      id: unit.id,
      arn: arn('ou', `/${unit.id}`),
      name: unit.name,
      parent_id: unitId(unit.parent),
    });
  }
  for (const account of exampleAccounts) {
    store.insert('aws_accounts', {
      id: account.id,
      arn: arn('account', `/${account.id}`),
      name: account.name,
      email: account.email,
      joined_method: account === management ? 'INVITED' : 'CREATED',
      joined_at: Date.parse(account.joinedAt),
      parent_id: unitId(account.unit),
    });
    for (const [key, value] of Object.entries(account.tags)) {
      store.insert('aws_resource_tags', {
        resource_id: account.id,
        key,
        value,
      });
    }
  }
  for (const { name, path, accounts } of exampleAccountPolicies) {
    for (const { id } of exampleAccounts.filter(a =>
      accounts.includes(a.name),
    )) {
      store.insert('aws_account_customer_policies', {
        account_id: id,
        name,
        path,
      });
    }
  }
  store.insert('aws_delegated_administrators', {
    account_id: aws.delegatedAdministratorAccountId,
    service_principal: 'sso.amazonaws.com',
    enabled_at: exampleFoundedAt,
  });
  for (const { accessKeyId, accountId } of credentials.awsAccessKeys) {
    store.insert('aws_access_keys', {
      access_key_id: accessKeyId,
      account_id: accountId,
      principal_arn: `arn:aws:iam::${accountId}:user/backstage-aws-access`,
    });
  }
}
