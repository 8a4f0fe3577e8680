import { InputError } from '@backstage/errors';
import { Caller } from '../authorization/Viewer';

/** In whose name something is asked for, and who does the asking. */
export type Asker = Pick<
  Caller,
  'userRef' | 'displayName' | 'entraUserId' | 'actor' | 'directory'
> & {
  /** Files it for them; left out = they do it themselves. */
  filer?: Pick<Caller, 'userRef' | 'displayName' | 'entraUserId'>;
};

/**
 * Whether the caller may ask for the person is asked before; see FilingForOthers.
 *
 * @throws InputError when the catalog does not know the person
 */
export async function askerOf(
  onBehalfOf: string | undefined,
  caller: Caller,
): Promise<Asker> {
  if (onBehalfOf === undefined || onBehalfOf === caller.userRef) return caller;
  const person = await caller.directory.findPerson(onBehalfOf);
  if (!person) {
    throw new InputError(`onBehalfOf: the catalog has no user ${onBehalfOf}`);
  }
  return {
    userRef: person.entityRef,
    displayName: person.displayName,
    entraUserId: person.entraUserId,
    actor: caller.actor,
    directory: caller.directory,
    filer: caller,
  };
}
