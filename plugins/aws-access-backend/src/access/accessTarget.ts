import { InputError, NotFoundError } from '@backstage/errors';
import {
  AccessQuery,
  accountIdSchema,
  entityRefSchema,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';

/** Whose access is asked for. */
export interface AccessTarget {
  kind: 'team' | 'user' | 'account' | 'permissionSet';
  /** An entity ref, an account id, or the ARN or name of a permission set. */
  id: string;
}

const KINDS: Record<
  AccessTarget['kind'],
  { name: string; id: z.ZodType<string> }
> = {
  team: { name: 'team', id: entityRefSchema('group') },
  user: { name: 'user', id: entityRefSchema('user') },
  account: { name: 'account', id: accountIdSchema },
  permissionSet: { name: 'permission set', id: z.string().max(256) },
};

/**
 * Finds out whose access a query asks for, and writes its id in its full form.
 *
 * @throws InputError unless exactly one is given, in a form it can have
 */
export function accessTarget(query: AccessQuery): AccessTarget {
  const kinds = Object.keys(KINDS) as Array<AccessTarget['kind']>;
  const given = kinds.filter(kind => query[kind] !== undefined);
  if (given.length !== 1) {
    throw new InputError(
      `Ask for the access of exactly one of ${kinds.join(', ')}; ${
        given.length === 0 ? 'none is given' : `given are ${given.join(', ')}`
      }`,
    );
  }
  const [kind] = given;
  const parsed = KINDS[kind].id.safeParse(query[kind]);
  if (!parsed.success) {
    throw new InputError(`${kind}: ${parsed.error.issues[0].message}`);
  }
  return { kind, id: parsed.data };
}

/**
 * The same words for what does not exist and for what the caller may not see,
 * so that the answer does not tell which of the two it is (security rule 29).
 */
export function accessNotFound({ kind, id }: AccessTarget): NotFoundError {
  return new NotFoundError(
    `There is no ${KINDS[kind].name} '${id}' whose access you may see`,
  );
}
