import { AccountFactsReader } from '../facts/AccountFactsReader';
import { judgeScopeEntry } from '../planning/judgeScopeEntry';
import { PolicyOutcome } from '../policy/PolicyOutcome';
import { RequestRow } from '../requests/RequestStore';
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
    /** What the policy of today says of the account alone. */
    policy: PolicyOutcome;
  },
): Promise<Verdict> {
  const { stores, config, directory } = services;
  const { mandate, parent, accountId, policy } = of;
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
  return judgeScopeEntry({
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
}
