import { InputError } from '@backstage/errors';
import { Narrowing, Plan } from 'backstage-plugin-aws-access-common';
import { digestOf } from '../../digest/digestOf';
import { narrowWishes, Wishes } from './narrowWishes';

/**
 * Whether something could be left out of a request so that something stays: time,
 * an account or a person. Pure.
 *
 * @param seen - the present plan of the wishes
 */
export function isNarrowable(wishes: Wishes, seen: Plan): boolean {
  if (wishes.duration !== null) return true;
  const asked = digestOf(wishes.changes);
  const leavesSome = (to: Narrowing) => {
    try {
      return digestOf(narrowWishes(wishes, seen, to).changes) !== asked;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  };
  const accountIds = seen.accounts.map(({ id }) => id);
  const people = seen.people.flatMap(person => person.entityRef ?? []);
  return (
    someWithout(accountIds, stay => leavesSome({ accountIds: stay })) ||
    someWithout(people, stay => leavesSome({ people: stay }))
  );
}

/** Whether leaving out one of the values, so that others stay, will do. */
function someWithout(
  values: string[],
  willDo: (stay: string[]) => boolean,
): boolean {
  return (
    values.length > 1 &&
    values.some(left => willDo(values.filter(value => value !== left)))
  );
}
