import { Claim } from '../organizations/OrganizationStore';
import { RequestRow } from '../requests/stores/RequestStore';
import { enterMandate } from './enterMandate';
import { holdMandate } from './holdMandate';
import { keepMandate } from './keepMandate';
import { MandateServices } from './MandateServices';
import { MandateRow } from './MandateStore';
import { mandateTarget } from './mandateTarget';

/**
 * Keeps the members of a group those of a team (security rule 16): who leaves
 * the team leaves the group, who joins gets a membership request filed. A catalog
 * that cannot be read whole stops it.
 *
 * @throws Error when the catalog does not answer; nothing is done then
 * @throws FenceLostError when the work is not the caller's any more
 */
export async function keepTeam(
  services: MandateServices,
  claim: Claim,
  mandate: Extract<MandateRow, { kind: 'team' }>,
  parent: RequestRow,
): Promise<void> {
  const { directory, stores } = services;
  const team = await directory.findTeam(mandate.document.team);
  if (!team || team.members.length === 0) {
    await holdMandate(
      stores,
      claim,
      mandate,
      'The catalog shows no members of the team.',
    );
    return;
  }
  const people = new Map(
    team.members.flatMap(person =>
      person.entraUserId ? [[person.entraUserId, person]] : [],
    ),
  );
  // Somebody whose Entra id is not known may be anybody who seems to be missing.
  const isWhole = people.size === team.members.length;
  const steps = await stores.provisioning.listSteps(parent.id);
  const { entraGroupId } = mandateTarget(mandate, steps);

  await keepMandate(services, claim, {
    mandate,
    parent,
    subjects: new Set(people.keys()),
    confirmLeft: async ids => {
      if (!isWhole) return [];
      const known = await directory.findByEntraIds(ids);
      return ids.filter(
        id => !known.get(id)?.teams.includes(mandate.document.team),
      );
    },
    leavingOf: entraUserId => ({
      reason: `Somebody has left the team ${team.displayName}, and with it the group.`,
      concerns: object =>
        object.kind === 'membership' &&
        object.entraUserId === entraUserId &&
        object.entraGroupId === entraGroupId,
    }),
    enter: (entraUserId, known) =>
      enterMandate(
        services,
        claim,
        {
          mandate,
          parent,
          subject: entraUserId,
          known,
          changes: [
            {
              kind: 'membership',
              accessGroup: { entraGroupId },
              people: [people.get(entraUserId)!.entityRef],
            },
          ],
        },
        async () => ({
          verdict: 'fileRequest',
          reason: `Somebody has joined the team ${team.displayName}.`,
        }),
      ),
  });
}
