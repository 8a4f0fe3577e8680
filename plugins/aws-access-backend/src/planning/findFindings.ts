import { Finding, Plan } from 'backstage-plugin-aws-access-common';
import { Duration } from 'luxon';
import {
  accountLabel,
  durationLabel,
  permissionSetLabel,
} from '../wording/labels';
import { parsePolicy, touchesService } from '../facts/parsePolicy';
import { PlanFacts, PlannedPermissionSet } from './PlanFacts';

/** AWS's default session is one hour; half a working day is the last short one. */
const LONG_SESSION_HOURS = 4;
/** From here on a request is about a crowd rather than about people. */
const MANY_PEOPLE = 10;
/** Services through which access to AWS itself is managed. */
const CONTROLLING_SERVICES = ['sso', 'identitystore', 'organizations'];
const CONTROLLING_POLICIES =
  /^(AWSSSO(?!ReadOnly)|AWSOrganizationsFullAccess|AWSIdentity(?!.*ReadOnly))/;

/** Name of the finding that keeps a request from being approved by itself. */
export const CONTROLS_THIS_PRODUCT = 'controls-this-product';

/**
 * What in a plan is worth an approver's eye. Each finding has an id of its kind
 * and the object it is about, so that the same finding on another object counts
 * as new. Pure.
 */
export function findFindings(
  plan: Pick<Plan, 'duration' | 'accounts' | 'permissionSets' | 'people'>,
  facts: PlanFacts,
): Finding[] {
  return [
    ...plan.permissionSets.flatMap(({ arn }) =>
      findInPermissionSet(facts.permissionSets.get(arn)!, plan.duration),
    ),
    ...plan.accounts.flatMap(account => findInAccount(account, plan.duration)),
    ...findInPeople(plan.people, facts),
  ].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function findInPermissionSet(
  { set, level }: PlannedPermissionSet,
  duration: string | null,
): Finding[] {
  const label = permissionSetLabel({
    name: set.name,
    accessLevel: level.level,
  });
  const findings: Finding[] = [];
  const find = (
    kind: string,
    severity: Finding['severity'],
    title: string,
    reason: string,
  ) => findings.push({ id: `${kind}/${set.arn}`, severity, title, reason });

  if (level.level === 'admin') {
    find(
      'admin-equivalent',
      'high',
      'Administrator rights',
      `${label} allows everything in the account, including giving rights to others.`,
    );
  }
  if (level.level === 'power') {
    find(
      'power-access',
      'medium',
      'Far-reaching rights',
      `${label} allows almost everything in the account.`,
    );
  }
  if (!level.fact.known) {
    find(
      'unknown-permissions',
      'medium',
      'It is not known what it allows',
      `${label} counts as any level: ${level.fact.reason}.`,
    );
  }
  if (controlsThisProduct(set.document)) {
    find(
      CONTROLS_THIS_PRODUCT,
      'high',
      'Could change who has access to AWS',
      `${label} reaches the services through which access to AWS is managed.`,
    );
  }
  const session = Duration.fromISO(set.document.sessionDuration);
  if (session.as('hours') > LONG_SESSION_HOURS) {
    find(
      'long-session',
      'low',
      'Long sessions',
      `A session of ${label} lives up to ${durationLabel(
        set.document.sessionDuration,
      )}, also past the end of the access.`,
    );
  }
  if (duration === null && ['admin', 'power'].includes(level.level)) {
    find(
      'standing-power',
      'high',
      'Powerful access with no end',
      `${label} is asked for with no end.`,
    );
  }
  return findings;
}

function findInAccount(
  account: Plan['accounts'][number],
  duration: string | null,
): Finding[] {
  const label = accountLabel(account);
  if (account.environment === 'unknown') {
    return [
      {
        id: `unknown-environment/${account.id}`,
        severity: 'medium',
        title: 'Unknown environment',
        reason: `No trusted source says whether ${label} is production, so it counts as any.`,
      },
    ];
  }
  if (account.environment !== 'prod') return [];
  const production: Finding = {
    id: `production/${account.id}`,
    severity: 'medium',
    title: 'Production',
    reason: `${label} is a production account.`,
  };
  return duration === null
    ? [
        production,
        {
          id: `standing-production/${account.id}`,
          severity: 'medium',
          title: 'Production access with no end',
          reason: `Access to ${label} is asked for with no end.`,
        },
      ]
    : [production];
}

function findInPeople(people: Plan['people'], facts: PlanFacts): Finding[] {
  const findings: Finding[] = people
    .filter(person => !facts.inIdentityStore.has(person.entraUserId))
    .map(person => ({
      id: `not-in-aws-yet/${person.entraUserId}`,
      severity: 'low',
      title: 'Not known to AWS yet',
      reason: `SCIM has not brought ${person.displayName} to AWS; the access waits for that.`,
    }));
  if (people.length > MANY_PEOPLE) {
    findings.push({
      id: 'many-people',
      severity: 'low',
      title: 'Many people',
      reason: `${people.length} people gain access.`,
    });
  }
  return findings;
}

function controlsThisProduct(
  document: PlannedPermissionSet['set']['document'],
): boolean {
  if (
    document.managedPolicies.some(({ name }) => CONTROLLING_POLICIES.test(name))
  ) {
    return true;
  }
  if (!document.inlinePolicy) return false;
  try {
    return parsePolicy(document.inlinePolicy).some(
      statement =>
        statement.Effect === 'Allow' &&
        (!statement.Action ||
          statement.Action.some(action =>
            CONTROLLING_SERVICES.some(service =>
              touchesService(action, service),
            ),
          )),
    );
  } catch {
    // What cannot be read may allow it.
    return true;
  }
}
