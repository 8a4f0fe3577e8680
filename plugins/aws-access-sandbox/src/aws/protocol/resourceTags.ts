import type { AwsCall } from './AwsService';

/** AWS's quota of tags on one resource: 50 of the customer's own. */
export const MAXIMUM_TAGS = 50;

/**
 * Adds tags to a resource, or replaces their values.
 * @returns how many tags the resource has then
 */
export function putTags(
  call: Pick<AwsCall, 'context'>,
  resourceId: string,
  tags: { Key: string; Value: string }[],
): number {
  const { store } = call.context;
  for (const { Key, Value } of tags) {
    store.run(
      `INSERT INTO aws_resource_tags (resource_id, key, value) VALUES (?, ?, ?)
       ON CONFLICT (resource_id, key) DO UPDATE SET value = excluded.value`,
      [resourceId, Key, Value],
    );
  }
  return (
    store.get<{ count: number }>(
      'SELECT count(*) AS count FROM aws_resource_tags WHERE resource_id = ?',
      [resourceId],
    )?.count ?? 0
  );
}

/** Takes tags from a resource; those that it does not have are no error. */
export function removeTags(
  call: AwsCall,
  resourceId: string,
  keys: string[],
): void {
  for (const key of keys) {
    call.context.store.run(
      'DELETE FROM aws_resource_tags WHERE resource_id = ? AND key = ?',
      [resourceId, key],
    );
  }
}
