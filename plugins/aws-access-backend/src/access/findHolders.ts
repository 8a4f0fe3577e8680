import { AccessPath, Holder } from 'backstage-plugin-aws-access-common';
import { plainName } from '../people/plainName';
import { AccessFacts } from './AccessFacts';

type Reach = Holder['reach'];

/**
 * Who gets in by the path, and how far SCIM has brought them: it carries a
 * group's members from Entra to AWS and takes them away again, each with its
 * cycle of up to 40 minutes.
 */
export function findHolders(facts: AccessFacts, path: AccessPath): Holder[] {
  switch (path.via) {
    case 'direct':
      return onlyAsked(facts, [
        toHolder(facts, { storeUserId: path.identityStoreUserId }, 'usable'),
      ]);
    case 'group':
      return onlyAsked(facts, groupHolders(facts, path)).sort((a, b) =>
        a.displayName.localeCompare(b.displayName, 'en'),
      );
    default:
      return [];
  }
}

function groupHolders(
  facts: AccessFacts,
  path: Extract<AccessPath, { via: 'group' }>,
): Holder[] {
  const inAws = facts.storeMembers.get(path.identityStoreGroupId) ?? [];
  const { entraGroupId } = path;
  const inEntra = new Set(
    entraGroupId ? facts.entraMembers.get(entraGroupId) : [],
  );
  const isFedBySCIM = entraGroupId !== null && facts.entraGroupsAreKnown;
  const arrived = new Set<string>();
  const holders = inAws.map(storeUserId => {
    const entraUserId = facts.storeUsers.get(storeUserId)?.externalId ?? null;
    if (entraUserId) arrived.add(entraUserId);
    const isLeaving =
      isFedBySCIM && entraUserId !== null && !inEntra.has(entraUserId);
    return toHolder(facts, { storeUserId }, isLeaving ? 'leaving' : 'usable');
  });
  for (const entraUserId of inEntra) {
    if (!arrived.has(entraUserId)) {
      holders.push(toHolder(facts, { entraUserId }, 'arriving'));
    }
  }
  return holders;
}

function toHolder(
  facts: AccessFacts,
  user: { storeUserId: string } | { entraUserId: string },
  reach: Reach,
): Holder {
  const stored =
    'storeUserId' in user ? facts.storeUsers.get(user.storeUserId) : undefined;
  const entraUserId =
    'entraUserId' in user ? user.entraUserId : stored?.externalId ?? null;
  const person = entraUserId ? facts.people.get(entraUserId) : undefined;
  const inEntra = entraUserId ? facts.entraUsers.get(entraUserId) : undefined;
  return {
    entraUserId,
    identityStoreUserId: 'storeUserId' in user ? user.storeUserId : null,
    entityRef: person?.entityRef ?? null,
    displayName: plainName(
      person?.displayName ??
        inEntra?.displayName ??
        inEntra?.userPrincipalName ??
        stored?.displayName ??
        stored?.userName ??
        entraUserId ??
        'somebody unknown',
    ),
    inTeam: facts.team
      ? entraUserId !== null && facts.team.memberEntraIds.has(entraUserId)
      : null,
    reach,
  };
}

function onlyAsked(
  { onlyEntraUserId }: AccessFacts,
  holders: Holder[],
): Holder[] {
  return onlyEntraUserId === null
    ? holders
    : holders.filter(({ entraUserId }) => entraUserId === onlyEntraUserId);
}
