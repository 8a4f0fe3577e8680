import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const FIELD = 'auth.providers.demo.people';

/**
 * The entity refs of the people who may sign in, from `auth.providers.demo.people`.
 *
 * @throws InputError naming the field, when one is not a user's full ref.
 */
export function readDemoPeople(config: Config): string[] {
  return config.getConfigArray(FIELD).map((person, index) => {
    const written = person.getString('entityRef');
    const ref = parseEntityRef(written, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    if (ref.kind !== 'user' || stringifyEntityRef(ref) !== written) {
      throw new InputError(
        `${FIELD}[${index}].entityRef is "${written}"; write a user's full ref in lower case, such as user:default/ana`,
      );
    }
    return written;
  });
}
