import { ConflictError } from '@backstage/errors';
import { RootStores } from '../../database/Stores';
import { Claim } from '../../organizations/OrganizationStore';
import { PersonDirectory } from '../../people/PersonDirectory';
import { recordTransition } from './recordTransition';
import { RequestRow } from '../stores/RequestStore';

const AT_ONCE = 100;

/**
 * Withdraws requests that have not started although who filed them has left: the
 * User is gone, or is no longer in the team. Only a catalog that answers and
 * still knows the team with members counts as having been read; one that cannot
 * be read leaves everything as it is.
 *
 * @throws FenceLostError when the work is not the caller's any more
 * @throws Error when the catalog cannot be read; nothing is withdrawn then
 */
export async function withdrawOfLeavers(
  services: { stores: RootStores; directory: PersonDirectory },
  claim: Claim,
): Promise<void> {
  const { stores, directory } = services;
  let beforeNumber: number | undefined;
  for (;;) {
    const rows = await stores.requests.list({
      organizationId: claim.organizationId,
      states: ['pending', 'approved'],
      limit: AT_ONCE,
      beforeNumber,
    });
    for (const row of rows) {
      const why = await whyNoLongerOfTeam(row, directory);
      if (why) await withdraw(stores, claim, row, why);
    }
    if (rows.length < AT_ONCE) return;
    beforeNumber = rows[rows.length - 1].number;
  }
}

async function whyNoLongerOfTeam(
  row: RequestRow,
  directory: PersonDirectory,
): Promise<string | undefined> {
  const team = await directory.findTeam(row.teamRef);
  // A catalog that was just set up anew knows nobody: that is no news of people.
  if (!team || team.members.length === 0) return undefined;
  const person = await directory.findPerson(row.requesterRef);
  if (!person) {
    return `Withdrawn, because the catalog does not know ${row.requesterRef} any more.`;
  }
  const isInTeam =
    person.teams.includes(team.entityRef) ||
    team.leads.includes(person.entityRef);
  return isInTeam
    ? undefined
    : `Withdrawn, because ${person.displayName} is not in the team ${team.displayName} any more.`;
}

async function withdraw(
  stores: RootStores,
  claim: Claim,
  row: RequestRow,
  text: string,
): Promise<void> {
  try {
    await stores.transaction(async transaction => {
      await transaction.organizations.fence(claim);
      await transaction.provisioning.lockRequest(row.id);
      await transaction.provisioning.footprints.release(row.id);
      await transaction.provisioning.footprints.releaseNames(row.id);
      await recordTransition(transaction, {
        request: row,
        to: 'withdrawn',
        actorRef: null,
        event: { kind: 'withdrawn', text },
        patch: { stateReason: text },
      });
    });
  } catch (error) {
    // It went on at the same moment, and was first.
    if (!(error instanceof ConflictError)) throw error;
  }
}
