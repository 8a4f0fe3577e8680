const FINAL = ['ended', 'denied', 'rejected', 'withdrawn', 'lapsed'];

/**
 * Compares the clouds as they were with the clouds as they are: what is there
 * must be the seed's or have a live lease, once, and what has a lease must be
 * there.
 *
 * @param before - both clouds before the first request, see Clouds
 * @param after - both clouds when everything has come to rest
 * @param leases - live ones, see Database
 * @param requests - as the harness followed them, see Workload
 * @returns sentences, and what was counted
 */
export function findViolations({ before, after, leases, requests }) {
  const violations = [];
  const seed = objectsOf(before);
  const now = objectsOf(after);
  const leased = new Map();
  for (const lease of leases) {
    const key = keyOfLease(lease, after);
    leased.set(key, [...(leased.get(key) ?? []), lease]);
    if (lease.state !== 'active') {
      violations.push(
        `Request ${lease.number} is ${lease.state} and has a live lease on ${lease.key}`,
      );
    }
    if (!now.counts.has(key)) {
      violations.push(
        `Missing: request ${lease.number} has a lease on ${lease.key}, and it is in no cloud (${key})`,
      );
    }
  }
  for (const [key, count] of now.counts) {
    if (count > 1) violations.push(`There twice: ${key}`);
    if (!seed.counts.has(key) && !leased.has(key)) {
      violations.push(`There without a live lease: ${key}`);
    }
  }
  for (const key of seed.counts.keys()) {
    if (!now.counts.has(key)) violations.push(`Gone of the seed: ${key}`);
  }
  for (const [key, text] of seed.documents) {
    if (now.documents.has(key) && now.documents.get(key) !== text) {
      violations.push(
        `Changed of the seed: ${key} was ${text} and is ${now.documents.get(
          key,
        )}`,
      );
    }
  }
  for (const name of duplicates(after.groups.map(group => group.displayName))) {
    violations.push(`Two groups in Entra are called ${name}`);
  }
  for (const name of duplicates(
    after.storeGroups.map(group => group.displayName),
  )) {
    violations.push(`Two groups in AWS are called ${name}`);
  }
  for (const name of duplicates(after.permissionSets.map(set => set.name))) {
    violations.push(`Two permission sets are called ${name}`);
  }
  violations.push(...findRequestViolations(requests, now, after));
  return {
    violations,
    objects: now.counts.size - seed.counts.size,
    leases: leases.length,
  };
}

/** The states that requests must be in, and what active ones must have given. */
function findRequestViolations(requests, now, after) {
  const violations = [];
  const removals = requests.filter(
    ({ kind, state }) => kind.startsWith('remove') && state === 'ended',
  );
  for (const request of requests) {
    const { number, kind, state, fate, detail } = request;
    const ends = fate !== 'keep';
    if (state !== 'active' && !FINAL.includes(state)) {
      violations.push(
        `Request ${number} (${kind}, to ${fate}) is still ${state}: ${detail.stateReason}`,
      );
    } else if (ends && state === 'active') {
      violations.push(
        `Request ${number} (${kind}, to ${fate}) is still active`,
      );
    }
    // What others took away on purpose is told by the leases.
    if (state !== 'active' || removals.some(other => touches(other, request))) {
      continue;
    }
    for (const key of promisedBy(detail.plan, after)) {
      if (!now.counts.has(key)) {
        violations.push(
          `Missing: request ${number} (${kind}) is active and promises ${key}`,
        );
      }
    }
  }
  return violations;
}

function touches(removal, request) {
  const ids = ({ changes, detail }) =>
    new Set(
      [
        ...changes.flatMap(change => [
          change.accessGroup?.entraGroupId,
          change.permissionSet?.arn,
          change.arn,
        ]),
        ...(detail.cloudObjects ?? []).map(({ id }) => id),
      ].filter(Boolean),
    );
  const others = ids(request);
  return [...ids(removal)].some(id => others.has(id));
}

/** Keys of what an active request's plan says that people have. */
function promisedBy(plan, after) {
  const groupIds = new Map();
  const setArns = new Map();
  const keys = [];
  for (const { kind, key, id, after: document } of plan.objects) {
    if (kind === 'accessGroup' && document) {
      const found =
        id ??
        after.groups.find(group => group.displayName === document.displayName)
          ?.id;
      groupIds.set(key, found);
      if (id === null) {
        keys.push(`group ${found}`);
        keys.push(
          ...document.memberIds.map(member => memberKey(found, member)),
        );
      }
    }
    if (kind === 'permissionSet' && document) {
      const found =
        id ?? after.permissionSets.find(set => set.name === document.name)?.arn;
      setArns.set(`new:${key}`, found);
      keys.push(`permission set ${found}`);
    }
  }
  for (const { kind, action, after: document } of plan.objects) {
    if (action === 'remove' || !document) continue;
    const group = groupIds.get(document.accessGroup) ?? document.accessGroup;
    if (kind === 'membership') {
      keys.push(memberKey(group, document.entraUserId));
    } else if (kind === 'applicationAssignment') {
      keys.push(`application ${group}`);
    } else if (kind === 'accountAssignment') {
      const { principal } = document;
      keys.push(
        assignmentKey({
          accountId: document.accountId,
          permissionSetArn:
            setArns.get(document.permissionSetArn) ?? document.permissionSetArn,
          principalId: principalIdOf(principal, groupIds, after),
        }),
      );
    }
  }
  return keys;
}

function principalIdOf(principal, groupIds, after) {
  const [list, externalId] =
    principal.kind === 'person'
      ? [after.storeUsers, principal.entraUserId]
      : [
          after.storeGroups,
          groupIds.get(principal.accessGroup) ?? principal.accessGroup,
        ];
  return list.find(one => one.externalId === externalId)?.id;
}

const memberKey = (group, person) => `member ${group} ${person}`;
const assignmentKey = one =>
  `assignment ${one.accountId} ${one.permissionSetArn} ${one.principalId}`;

/** Everything in both clouds by a key, how often it is there, and what it says. */
function objectsOf(clouds) {
  const counts = new Map();
  const documents = new Map();
  const add = (key, text) => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (text !== undefined) documents.set(key, JSON.stringify(text));
  };
  for (const { id, members, ...group } of clouds.groups) {
    add(`group ${id}`, group);
    members.forEach(member => add(memberKey(id, member)));
  }
  clouds.applicationAssignments.forEach(id => add(`application ${id}`));
  for (const { arn, ...set } of clouds.permissionSets) {
    add(`permission set ${arn}`, set);
  }
  clouds.assignments.forEach(one => add(assignmentKey(one)));
  return { counts, documents };
}

function keyOfLease({ object }) {
  switch (object.kind) {
    case 'accessGroup':
      return `group ${object.entraGroupId}`;
    case 'membership':
      return memberKey(object.entraGroupId, object.entraUserId);
    case 'applicationAssignment':
      return `application ${object.entraGroupId}`;
    case 'permissionSet':
      return `permission set ${object.arn}`;
    default:
      return assignmentKey({
        ...object,
        principalId: object.storeGroupId ?? object.storeUserId,
      });
  }
}

function duplicates(names) {
  return [
    ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
  ];
}

/**
 * What SCIM has made of it: who is in a group in AWS is in it in Entra, and the
 * groups that the soak's requests have are there.
 */
export function findScimViolations(before, after) {
  const violations = [];
  const known = new Set(before.storeGroups.map(({ id }) => id));
  const entra = new Map(after.groups.map(group => [group.id, group]));
  for (const group of after.storeGroups) {
    if (known.has(group.id)) continue;
    const source = entra.get(group.externalId);
    if (!source) {
      violations.push(
        `The group ${group.displayName} is in AWS and not in Entra`,
      );
      continue;
    }
    const outside = group.members.filter(id => !source.members.includes(id));
    if (outside.length > 0) {
      violations.push(
        `${outside} are in ${group.displayName} in AWS and not in Entra`,
      );
    }
  }
  return violations;
}
