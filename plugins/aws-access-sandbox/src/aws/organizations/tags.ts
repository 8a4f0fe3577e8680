import { z } from 'zod';
import { AwsError } from '../protocol/AwsError';
import { type AwsCall, defineOperation } from '../protocol/AwsService';
import { MAXIMUM_TAGS, putTags, removeTags } from '../protocol/resourceTags';
import { organizationsPage, requireOrganization } from './rows';
import { NextToken as Token, TaggableResourceId, TagKey, Tags } from './shapes';

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

/**
 * Tags a resource of the organization.
 * @throws AwsError for a key that comes twice, and for more tags than a resource can have
 */
export function writeTags(
  call: AwsCall,
  resourceId: string,
  tags: { Key: string; Value: string }[],
): void {
  refuseDuplicateKeys(tags);
  if (putTags(call, resourceId, tags) > MAXIMUM_TAGS) {
    throw new AwsError(
      'ConstraintViolationException',
      `A resource can have at most ${MAXIMUM_TAGS} tags.`,
      400,
      { Reason: 'MAX_TAG_LIMIT_EXCEEDED' },
    );
  }
}

/** @throws AwsError `InvalidInputException` for a key that comes twice */
export function refuseDuplicateKeys(tags: { Key: string }[]): void {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw new AwsError(
      'InvalidInputException',
      'You provided the same tag key twice.',
      400,
      { Reason: 'DUPLICATE_TAG_KEY' },
    );
  }
}

const tagResource = defineOperation({
  name: 'TagResource',
  input: z.object({
    ResourceId: TaggableResourceId,
    Tags,
  }),
  handle(input, call) {
    requireResource(call, input.ResourceId);
    writeTags(call, input.ResourceId, input.Tags);
    return {};
  },
});

const untagResource = defineOperation({
  name: 'UntagResource',
  input: z.object({
    ResourceId: TaggableResourceId,
    TagKeys: z.array(TagKey),
  }),
  handle(input, call) {
    requireResource(call, input.ResourceId);
    removeTags(call, input.ResourceId, input.TagKeys);
    return {};
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

export const tagOperations = [listTagsForResource, tagResource, untagResource];
