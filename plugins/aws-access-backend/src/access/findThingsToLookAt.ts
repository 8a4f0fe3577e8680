import {
  AccessEntry,
  Holder,
  ThingToLookAt,
} from 'backstage-plugin-aws-access-common';
import { AccessFacts } from './AccessFacts';
import { holderKey } from './holderKey';

const SEVERITIES = ['high', 'medium', 'low', 'info'] as const;

/** What in the access deserves a look, each said once, worst first. */
export function findThingsToLookAt(
  facts: AccessFacts,
  entries: AccessEntry[],
): ThingToLookAt[] {
  const things = new Map<string, ThingToLookAt>();
  for (const entry of entries) {
    for (const thing of thingsOf(facts, entry)) {
      // The same person in the same group shows up in every account of it.
      if (!things.has(thing.id)) things.set(thing.id, thing);
    }
  }
  return [...things.values()].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}

function thingsOf(facts: AccessFacts, entry: AccessEntry): ThingToLookAt[] {
  const { path } = entry;
  const where = `${entry.permissionSet.name} on ${entry.account.name} (${entry.account.id})`;
  const thing = (
    id: string,
    severity: ThingToLookAt['severity'],
    text: string,
  ): ThingToLookAt => ({
    id: `${facts.organizationId}/${id}`,
    severity,
    text,
    entryId: entry.id,
  });

  if (path.via === 'missing') {
    return [
      thing(
        `missing/${entry.id}`,
        'low',
        `${where} is assigned to a user or group that no longer exists.`,
      ),
    ];
  }
  if (path.via === 'direct') {
    // An approved request put it there, or took it under management.
    if (entry.verdict === 'managed' || entry.verdict === 'adopted') return [];
    return entry.holders.map(holder =>
      thing(
        `direct/${entry.id}`,
        entry.account.environment === 'prod' ? 'medium' : 'low',
        `${holder.displayName} has ${where} by an assignment made directly to the user, past every group.`,
      ),
    );
  }

  const found: ThingToLookAt[] = [];
  const { groupName, entraGroupId } = path;
  const group = entraGroupId ? facts.entraGroups.get(entraGroupId) : undefined;
  const key = path.identityStoreGroupId;
  if (group && !group.assignedToApplication) {
    found.push(
      thing(
        `unassigned/${key}`,
        'medium',
        `${groupName} is not assigned to the enterprise application, so changes of its members do not reach AWS.`,
      ),
    );
  }
  if (group?.owners === 0 && facts.onlyEntraUserId === null) {
    found.push(
      thing(`ownerless/${key}`, 'low', `Nobody owns the group ${groupName}.`),
    );
  }
  for (const holder of entry.holders) {
    const about = aboutHolder(facts, holder, groupName);
    if (about) {
      const who = holderKey(holder);
      found.push(
        thing(`${about.id}/${key}/${who}`, about.severity, about.text),
      );
    }
  }
  return found;
}

function aboutHolder(
  facts: AccessFacts,
  holder: Holder,
  groupName: string,
): Omit<ThingToLookAt, 'entryId'> | undefined {
  const { displayName, entraUserId, reach } = holder;
  if (holder.inTeam === false && reach !== 'leaving') {
    return {
      id: 'notInTeam',
      severity: 'medium',
      text: `${displayName} is in ${groupName} but not in the team ${
        facts.team!.displayName
      }.`,
    };
  }
  const user = entraUserId ? facts.entraUsers.get(entraUserId) : undefined;
  if (user && !user.accountEnabled) {
    return {
      id: 'disabled',
      severity: 'low',
      text: `${displayName} is disabled in Entra ID and still in ${groupName}.`,
    };
  }
  if (
    reach === 'arriving' &&
    entraUserId !== null &&
    !facts.provisionedEntraIds.has(entraUserId)
  ) {
    return {
      id: 'notProvisioned',
      severity: 'low',
      text: `${displayName} is in ${groupName} but has no user in Identity Center: SCIM has not brought them there. Where that lasts, a missing first or last name is the usual reason.`,
    };
  }
  if (reach === 'leaving') {
    return {
      id: 'leaving',
      severity: 'info',
      text: `${displayName} has left ${groupName} in Entra ID; AWS follows with the next SCIM cycle.`,
    };
  }
  return undefined;
}
