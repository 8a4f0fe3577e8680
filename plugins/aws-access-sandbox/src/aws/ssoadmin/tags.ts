import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { MAXIMUM_TAGS, putTags, removeTags } from '../protocol/resourceTags';
import { refuseDelegatedChange } from './delegation';
import { ssoAdminPage } from './rows';
import {
  InstanceArn,
  NextToken as Token,
  TaggableResourceArn,
  TagKeys,
  Tags,
} from './shapes';

const reference = {
  InstanceArn: InstanceArn.optional(),
  ResourceArn: TaggableResourceArn,
};

/**
 * Adds tags to a resource, or replaces their values.
 * @throws AwsError when the resource would then have more than 50
 */
export function writeTags(
  call: AwsCall,
  resourceId: string,
  tags: { Key: string; Value: string }[],
): void {
  if (putTags(call, resourceId, tags) > MAXIMUM_TAGS) {
    throw AwsError.quota(
      `The resource would have more than ${MAXIMUM_TAGS} tags.`,
    );
  }
}

const tagResource = defineOperation({
  name: 'TagResource',
  input: z.object({ ...reference, Tags }),
  handle(input, call) {
    requireResource(call, input.ResourceArn);
    refuseDelegatedChange(call, input.ResourceArn);
    writeTags(call, input.ResourceArn, input.Tags);
    return {};
  },
});

const untagResource = defineOperation({
  name: 'UntagResource',
  input: z.object({ ...reference, TagKeys }),
  handle(input, call) {
    requireResource(call, input.ResourceArn);
    refuseDelegatedChange(call, input.ResourceArn);
    removeTags(call, input.ResourceArn, input.TagKeys);
    return {};
  },
});

const listTagsForResource = defineOperation({
  name: 'ListTagsForResource',
  input: z.object({ ...reference, NextToken: Token }),
  handle(input, call) {
    requireResource(call, input.ResourceArn);
    const { rows, NextToken } = ssoAdminPage(call, input, (after, limit) =>
      call.context.store.all<{ seq: number; key: string; value: string }>(
        `SELECT rowid AS seq, key, value FROM aws_resource_tags
         WHERE resource_id = ? AND rowid > ? ORDER BY rowid LIMIT ?`,
        [input.ResourceArn, after, limit],
      ),
    );
    return {
      Tags: rows.map(row => ({ Key: row.key, Value: row.value })),
      NextToken,
    };
  },
});

function requireResource(call: AwsCall, arn: string): void {
  const found = call.context.store.get(
    `SELECT 1 FROM aws_permission_sets WHERE arn = :arn
     UNION ALL SELECT 1 FROM aws_instance WHERE instance_arn = :arn`,
    { arn },
  );
  if (!found) {
    throw AwsError.notFound(`Could not find resource ${arn}.`);
  }
}

export const tagOperations = [tagResource, untagResource, listTagsForResource];
