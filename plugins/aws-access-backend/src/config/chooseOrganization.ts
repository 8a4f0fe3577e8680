import { InputError } from '@backstage/errors';
import { AwsAccessConfig } from './AwsAccessConfig';

/**
 * The organization that is meant: the one that was named, or the only one.
 *
 * @throws InputError when there is no such organization, or none was named and
 *   several are configured
 */
export function chooseOrganization(
  organizations: AwsAccessConfig['organizations'],
  named: string | undefined,
): string {
  const ids = Object.keys(organizations);
  if (named === undefined) {
    if (ids.length === 1) return ids[0];
    throw new InputError(
      `organizationId: must be given, as several organizations are configured; use one of ${ids.join(
        ', ',
      )}`,
    );
  }
  if (ids.includes(named)) return named;
  throw new InputError(
    `organizationId: there is no organization '${named}'; use one of ${ids.join(
      ', ',
    )}`,
  );
}
