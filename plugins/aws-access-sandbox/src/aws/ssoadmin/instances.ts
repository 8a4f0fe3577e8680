import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import { describeRegion, listedRegions, regionOf } from './regions';
import {
  type InstanceRow,
  requireInstance,
  requireVisibleInstance,
  ssoAdminPage,
} from './rows';
import { InstanceArn, paging } from './shapes';

const listInstances = defineOperation({
  name: 'ListInstances',
  input: z.object(paging),
  handle(input, call) {
    // A member account sees only instances of its own, and the sandbox has none; a Region, those that are there.
    if (call.caller.kind === 'member' || regionOf(call) === 'elsewhere') {
      return { Instances: [] };
    }
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<InstanceRow & { seq: number }>(
        'SELECT rowid AS seq, * FROM aws_instance WHERE rowid > ? ORDER BY rowid LIMIT ?',
        [after, limit],
      ),
    );
    return {
      Instances: rows.map(row => ({
        ...describe(row),
        PrimaryRegion: row.region,
        Regions: listedRegions(call, row).map(describeRegion),
      })),
      NextToken,
    };
  },
});

const describeInstance = defineOperation({
  name: 'DescribeInstance',
  input: z.object({ InstanceArn }),
  handle(input, call) {
    const row = requireVisibleInstance(call, input.InstanceArn);
    return {
      ...describe(row),
      PermissionSetsEnabled: row.permission_sets_enabled === 1,
      EncryptionConfigurationDetails: {
        KeyType: 'AWS_OWNED_KMS_KEY',
        EncryptionStatus: 'ENABLED',
      },
    };
  },
});

const updateInstance = defineOperation({
  name: 'UpdateInstance',
  input: z.object({
    InstanceArn,
    Name: z
      .string()
      .max(255)
      .regex(/^[\w+=,.@-]+$/)
      .optional(),
    EncryptionConfiguration: z
      .object({
        KeyType: z.enum(['AWS_OWNED_KMS_KEY', 'CUSTOMER_MANAGED_KEY']),
        KmsKeyArn: z
          .string()
          .min(20)
          .max(2048)
          .regex(
            /^arn:aws(-[a-z]{1,5}){0,3}:kms:([a-z]{2,}(-[a-z0-9]+)+){1}:[0-9]{12}:key\/(mrk-[a-f0-9]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/,
          )
          .optional(),
      })
      .optional(),
    PermissionSetsEnabled: z.boolean().optional(),
  }),
  handle(input, call) {
    const row = requireInstance(call, input.InstanceArn);
    if (input.EncryptionConfiguration) {
      throw AwsError.validation(
        input.PermissionSetsEnabled === undefined
          ? 'The encryption of this instance cannot be changed.'
          : 'EncryptionConfiguration and PermissionSetsEnabled cannot be set in the same request.',
      );
    }
    if (input.PermissionSetsEnabled === false) {
      throw AwsError.validation(
        'Permission sets cannot be disabled once they are enabled.',
      );
    }
    call.context.store.run(
      `UPDATE aws_instance SET name = coalesce(?, name),
         permission_sets_enabled = max(permission_sets_enabled, ?) WHERE instance_arn = ?`,
      [
        input.Name ?? null,
        input.PermissionSetsEnabled ? 1 : 0,
        row.instance_arn,
      ],
    );
    return {};
  },
});

function describe(row: InstanceRow) {
  return {
    InstanceArn: row.instance_arn,
    IdentityStoreId: row.identity_store_id,
    OwnerAccountId: row.owner_account_id,
    Name: row.name ?? undefined,
    CreatedDate: toEpochSeconds(row.created_at),
    Status: row.status,
  };
}

export const instanceOperations = [
  listInstances,
  describeInstance,
  updateInstance,
];
