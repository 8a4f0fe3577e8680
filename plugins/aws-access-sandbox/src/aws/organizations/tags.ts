import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { organizationsPage, requireOrganization } from './rows';
import { NextToken as Token, TaggableResourceId } from './shapes';

const listTagsForResource = defineOperation({
  name: 'ListTagsForResource',
  input: z.object({ ResourceId: TaggableResourceId, NextToken: Token }),
  handle(input, call) {
    requireResource(call, input.ResourceId);
    const { rows, NextToken } = organizationsPage(call, input, (after, limit) =>
      call.context.store.all<{ seq: number; key: string; value: string }>(
        `SELECT rowid AS seq, key, value FROM aws_resource_tags
         WHERE resource_id = ? AND rowid > ? ORDER BY rowid LIMIT ?`,
        [input.ResourceId, after, limit],
      ),
    );
    return {
      Tags: rows.map(row => ({ Key: row.key, Value: row.value })),
      NextToken,
    };
  },
});

function requireResource(call: AwsCall, id: string): void {
  const { root_id: rootId } = requireOrganization(call);
  const found =
    id === rootId ||
    call.context.store.get(
      `SELECT 1 FROM aws_accounts WHERE id = :id
       UNION ALL SELECT 1 FROM aws_organizational_units WHERE id = :id`,
      { id },
    );
  if (!found) {
    throw new AwsError(
      'TargetNotFoundException',
      "You specified a target that doesn't exist.",
    );
  }
}

export const tagOperations = [listTagsForResource];
