import { Plan } from 'backstage-plugin-aws-access-common';
import { AccountFactsReader } from '../facts/AccountFactsReader';
import { judgeScopeEntry } from '../planning/scopes/judgeScopeEntry';
import {
  accessGroupDocumentSchema,
  membershipDocumentSchema,
} from '../planning/objects/planDocuments';
import { PolicyOutcome } from '../policy/PolicyOutcome';
import { RequestRow } from '../requests/stores/RequestStore';
import { countLabel } from '../wording/labels';
import { countHeld, Verdict } from './enterMandate';
import { MandateServices } from './MandateServices';
import { MandateRow } from './MandateStore';

/**
 * Whether a mandate takes an account in, by what the clouds and the catalog say
 * at this moment (security rule 17).
 *
 * @throws CloudError when a cloud cannot be read
 */
export async function judgeEntry(
  services: Pick<MandateServices, 'stores' | 'clouds' | 'config' | 'directory'>,
  of: {
    mandate: Extract<MandateRow, { kind: 'scope' }>;
    parent: RequestRow;
    accountId: string;
    /** Of the assignment in the account alone, and what today's policy says. */
    plan: Plan;
    policy: PolicyOutcome;
  },
): Promise<Verdict> {
  const { stores, config, directory } = services;
  const { mandate, parent, accountId, plan, policy } = of;
  const { organizationId } = mandate;
  const { aws } = services.clouds.forOrganization(organizationId);
  const [described, tags, ouPath, delegated, organization, approved] =
    await Promise.all([
      aws.describeAccount(accountId),
      aws.listAccountTags(accountId),
      aws.getOuPath(accountId),
      aws.listDelegatedAdministratorIds(),
      stores.organizations.get(organizationId),
      stores.requests.getPlan(parent.id, parent.planVersion),
    ]);
  const account = { ...described, tags, ouPath };
  const facts = await new AccountFactsReader({
    inventory: stores.inventory,
    directory,
    organizations: config.organizations,
  }).factsOf(organizationId, [account]);
  const entry = judgeScopeEntry({
    account: { account, facts: facts.get(accountId)! },
    mandate: {
      document: mandate.document,
      approvedAt: mandate.approvedAt,
      startsAt: mandate.startsAt,
      accountsCount: await countHeld(stores.mandates, mandate.id, accountId),
      policy: approved.policy,
    },
    policy,
    organization: {
      config: config.organizations[organizationId],
      pins: organization?.pins ?? null,
      delegatedAdministratorIds: delegated ? new Set(delegated) : null,
    },
    now: await stores.now(),
  });
  const known = membersOf(approved.plan, mandate.document.accessGroup);
  const joined = new Set(
    plan.gains
      .map(({ entraUserId }) => entraUserId)
      .filter(id => !known.has(id)),
  );
  return entry.verdict === 'takeIn' && joined.size > 0
    ? {
        verdict: 'fileRequest',
        reason: `${countLabel(
          joined.size,
          'person has',
          'people have',
        )} joined the group since the scope was approved.`,
      }
    : entry;
}

/**
 * Who was in the group, or put into it, when people agreed to the scope. Who
 * joined later was agreed to for what the group had then: two approvals must not
 * add up to access that neither showed (security rule 1). Pure.
 */
function membersOf({ objects }: Plan, groupKey: string): Set<string> {
  return new Set(
    objects.flatMap(({ kind, action, key, after }) => {
      if (action === 'remove') return [];
      if (kind === 'accessGroup' && key === groupKey) {
        return accessGroupDocumentSchema.parse(after).memberIds;
      }
      if (kind !== 'membership') return [];
      const { accessGroup, entraUserId } =
        membershipDocumentSchema.parse(after);
      return accessGroup === groupKey ? [entraUserId] : [];
    }),
  );
}
