import { z } from 'zod';
import { defineOperation } from '../protocol/AwsService';
import { toEpochSeconds } from '../protocol/timestamps';
import { type InstanceRow, requireInstance, ssoAdminPage } from './rows';
import { InstanceArn, paging } from './shapes';

const listInstances = defineOperation({
  name: 'ListInstances',
  input: z.object(paging),
  handle(input, call) {
    if (call.caller.kind === 'member') {
      // A member account sees only instances of its own, and the sandbox has none.
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
        Regions: [
          {
            RegionName: row.region,
            Status: 'ACTIVE',
            AddedDate: toEpochSeconds(row.created_at),
            IsPrimaryRegion: true,
          },
        ],
      })),
      NextToken,
    };
  },
});

const describeInstance = defineOperation({
  name: 'DescribeInstance',
  input: z.object({ InstanceArn }),
  handle(input, call) {
    const row = requireInstance(call, input.InstanceArn);
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

export const instanceOperations = [listInstances, describeInstance];
