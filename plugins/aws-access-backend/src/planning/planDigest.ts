import { Plan } from 'backstage-plugin-aws-access-common';
import canonicalize from 'canonicalize';
import { digestOf } from '../digest/digestOf';

/**
 * SHA-256 over what an approver agrees to (security rule 3): the organization's
 * pins, immutable ids of people and existing objects, account ids, digests of
 * permission sets, documents before and after, gains, losses and what is adopted, duration, and
 * the ids and severities of findings. Not in it: names and sentences for
 * display, and the age of the facts. The order of lists does not count.
 */
export function planDigest(plan: Plan): string {
  return digestOf({
    formatVersion: plan.formatVersion,
    organization: plan.organization,
    duration: plan.duration,
    people: sorted(plan.people.map(person => person.entraUserId)),
    accounts: sorted(plan.accounts.map(account => account.id)),
    permissionSets: sorted(
      plan.permissionSets.map(({ arn, documentDigest }) => ({
        arn,
        documentDigest,
      })),
    ),
    objects: sorted(
      plan.objects.map(({ key, kind, action, id, before, after }) => ({
        key,
        kind,
        action,
        id,
        before,
        after,
      })),
    ),
    gains: sorted(plan.gains),
    losses: sorted(plan.losses),
    findings: sorted(
      plan.findings.map(({ id, severity }) => ({ id, severity })),
    ),
    ...(plan.adopts && { adopts: sorted(plan.adopts) }),
    ...(plan.followUp && { followUp: plan.followUp }),
  });
}

function sorted<T>(items: T[]): T[] {
  return items
    .map(item => ({ item, text: canonicalize(item)! }))
    .sort((one, other) => (one.text < other.text ? -1 : 1))
    .map(({ item }) => item);
}
