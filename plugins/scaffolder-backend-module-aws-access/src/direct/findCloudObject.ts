import type { RequestDetail } from 'backstage-plugin-aws-access-common';

/** A cloud object that a request made, or was about. */
export type CloudObject = NonNullable<RequestDetail['cloudObjects']>[number];

/**
 * The cloud object that a step was about: the one of the name, or the only one.
 * Undefined on a dry run, and where the request has several and none was named.
 */
export function findCloudObject(
  request: RequestDetail | null,
  kind: CloudObject['kind'],
  name?: string,
): CloudObject | undefined {
  const objects = (request?.cloudObjects ?? []).filter(
    object => object.kind === kind && (!name || object.name === name),
  );
  return objects.length === 1 ? objects[0] : undefined;
}
