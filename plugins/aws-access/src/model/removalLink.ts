import { AccessEntry, ThingToLookAt } from 'backstage-plugin-aws-access-common';
import { RequestFormPrefill } from '../routes';

/**
 * The removal that would settle a thing to look at: taking somebody who is not
 * in the team out of its group. Undefined where it is about something else.
 */
export function toRemovalLink(
  thing: ThingToLookAt,
  entries: readonly AccessEntry[],
  team: string,
): RequestFormPrefill | undefined {
  const entry = entries.find(({ id }) => id === thing.entryId);
  if (entry?.path.via !== 'group' || !entry.path.entraGroupId) return undefined;
  const strangers = entry.holders.filter(({ inTeam }) => inTeam === false);
  if (strangers.length === 0) return undefined;
  const [first, ...others] = strangers;
  return {
    team,
    removal: 'membership',
    accessGroup: entry.path.entraGroupId,
    // Of several, the form asks who is meant.
    person: others.length === 0 ? first.entityRef ?? undefined : undefined,
  };
}
