import { PersonDirectory } from '../people/PersonDirectory';

/**
 * The people behind refs of owners: a user stands for themselves, a group for
 * its leads (security rule 6).
 *
 * @returns refs of users
 */
export async function findOwningPeople(
  ownerRefs: string[],
  directory: Pick<PersonDirectory, 'findTeam'>,
): Promise<string[]> {
  const people = await Promise.all(
    ownerRefs.map(async ref =>
      ref.startsWith('group:')
        ? (await directory.findTeam(ref))?.leads ?? []
        : [ref],
    ),
  );
  return [...new Set(people.flat())];
}
