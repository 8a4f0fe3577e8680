import { RequiredStage } from '../../policy/PolicyOutcome';

/**
 * Under what a request is found in lists. Keys find and never permit: whoever
 * finds a request by one is still asked for what they are to it.
 */
export const requestKey = {
  /** Filed it, or gains by it. */
  concerns: (userRef: string) => `concerns:${userRef}`,
  /** May read it: a user, or everybody in a team. */
  reads: (ref: string) => `reads:${ref}`,
  /** Its account's owner may read it. */
  readsAccount: (accountId: string) => `reads:account:${accountId}`,
  /** Makes, changes or removes a permission set of this name. */
  changesPermissionSet: (name: string) =>
    `changes:permissionSet:${name.toLowerCase()}`,
  /** Every request, so that states alone find through an index. */
  any: 'request',
  /** Has the word: see requestWords.ts. */
  word: (word: string) => `word:${word}`,
  /** A user or the members of a group may decide in one of its stages. */
  decides: (ref: string) => `decides:${ref}`,
  /** The leads of a team may. */
  decidesAsLead: (teamRef: string) => `decides:lead:${teamRef}`,
  /** The owner of an account may. */
  decidesAsOwner: (accountId: string) => `decides:account:${accountId}`,
};

/** What a person is, as far as it leads to requests. */
export interface Finder {
  userRef: string;
  /** Teams of which the person is a member. */
  teams: string[];
  /** Teams that the person leads; a lead need not be a member. */
  ledTeams: string[];
  /** Accounts that the person owns. */
  accountIds: string[];
}

/** Keys of the requests in which the person may have a say. */
export function decidingKeys(finder: Finder): string[] {
  return [
    requestKey.decides(finder.userRef),
    ...finder.teams.map(requestKey.decides),
    ...finder.ledTeams.map(requestKey.decidesAsLead),
    ...finder.accountIds.map(requestKey.decidesAsOwner),
  ];
}

/** Keys of everything that the person may read. */
export function readingKeys(finder: Finder): string[] {
  const teams = new Set([...finder.teams, ...finder.ledTeams]);
  return [
    requestKey.concerns(finder.userRef),
    requestKey.reads(finder.userRef),
    ...[...teams].map(requestKey.reads),
    ...finder.accountIds.map(requestKey.readsAccount),
    ...decidingKeys(finder),
  ];
}

/**
 * Keys for who may decide in the stages, as far as they follow from what the
 * policy names. Who is found otherwise (managers, owners of systems, resolvers)
 * is found by having been asked. Pure.
 */
export function keysOfStages(
  stages: Array<Pick<RequiredStage, 'approvers' | 'alternates' | 'accountIds'>>,
  teamRef: string,
): string[] {
  return stages.flatMap(stage =>
    [...stage.approvers, ...(stage.alternates?.approvers ?? [])].flatMap(
      source => {
        if (source === 'accountOwner') {
          return stage.accountIds.map(requestKey.decidesAsOwner);
        }
        if (source === 'teamOwner') return [requestKey.decidesAsLead(teamRef)];
        return /^(user|group):/.test(source)
          ? [requestKey.decides(source)]
          : [];
      },
    ),
  );
}
