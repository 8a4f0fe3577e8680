import { NotFoundError } from '@backstage/errors';

/**
 * The one organization that was asked for, or all that are configured.
 *
 * @throws NotFoundError when it is not configured
 */
export function selectOrganizations(
  organizations: Record<string, unknown>,
  asked: string | undefined,
): string[] {
  if (asked === undefined) return Object.keys(organizations);
  if (!Object.hasOwn(organizations, asked)) {
    throw new NotFoundError(`No organization '${asked}' is configured`);
  }
  return [asked];
}
