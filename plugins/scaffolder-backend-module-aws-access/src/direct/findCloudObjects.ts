import type { RequestDetail } from 'backstage-plugin-aws-access-common';

/** A cloud object that a request made, or was about. */
export type CloudObject = NonNullable<RequestDetail['cloudObjects']>[number];

/**
 * The cloud objects that a step may have been about: those of the name, or all of
 * the kind where none was named. Empty on a dry run that files nothing.
 */
export function findCloudObjects(
  request: RequestDetail | null,
  kind: CloudObject['kind'],
  name?: string,
): CloudObject[] {
  return (request?.cloudObjects ?? []).filter(
    object => object.kind === kind && (!name || object.name === name),
  );
}
