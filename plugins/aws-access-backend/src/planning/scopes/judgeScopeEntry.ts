import { DateTime, Duration } from 'luxon';
import { OrganizationConfig } from '../../config/AwsAccessConfig';
import { PolicyOutcome, RequiredStage } from '../../policy/PolicyOutcome';
import { accountLabel, countLabel } from '../../wording/labels';
import { ScopeDocument } from '../objects/planDocuments';
import { PlanFacts, PlannedAccount } from '../facts/PlanFacts';
import { isOutsideScopes } from '../problems/protectedReason';

/** What to do with an account that has come into a scope. */
export interface ScopeEntryVerdict {
  /**
   * `takeIn`: the mandate covers it. `fileRequest`: people have to decide.
   * `ignore`: it is none of the scope's.
   */
  verdict: 'takeIn' | 'fileRequest' | 'ignore';
  /** In plain words, for the request's timeline and the audit log. */
  reason: string;
}

/** An account that has come into a scope, and the mandate that keeps it true. */
export interface ScopeEntry {
  account: PlannedAccount;
  mandate: {
    document: ScopeDocument;
    /** When people agreed, ISO-8601. */
    approvedAt: string;
    /** When provisioning began, ISO-8601: from then its seconds count. */
    startsAt: string;
    /** How many accounts it holds without this one. */
    accountsCount: number;
    /** What the policy said of the plan that was approved. */
    policy: PolicyOutcome;
  };
  /**
   * What the policy of today says of the assignment in this account alone, as a
   * plan of the same request with the account named.
   */
  policy: PolicyOutcome;
  organization: {
    config: Pick<OrganizationConfig, 'protected'>;
    pins: PlanFacts['pins'];
    delegatedAdministratorIds: PlanFacts['delegatedAdministratorIds'];
  };
  /** By the database, ISO-8601. */
  now: string;
}

/**
 * Whether a mandate takes an account in by itself (security rule 17): only one
 * that did not exist when people agreed, of which owner and environment are
 * known, for which nobody else would have to be asked today, and within the
 * ceiling. Pure.
 */
export function judgeScopeEntry(entry: ScopeEntry): ScopeEntryVerdict {
  const { account, mandate, policy, organization, now } = entry;
  const { accountId, name, state, joinedAt } = account.account;
  const label = accountLabel({ id: accountId, name });
  const ignore = (reason: string) => ({ verdict: 'ignore' as const, reason });
  const ask = (reason: string) => ({ verdict: 'fileRequest' as const, reason });

  if (isOver(mandate, now)) return ignore('The mandate has ended.');
  if (state !== 'ACTIVE') {
    return ignore(`The account ${label} is ${state.toLowerCase()}.`);
  }
  if (isOutsideScopes(accountId, organization)) {
    return ignore(
      `The account ${label} is the management account, administers the organization or is protected: it must be named.`,
    );
  }
  if (policy.denials.length > 0) {
    return ignore(
      `The policy denies it for the account ${label}: ${policy.denials.join(
        ' ',
      )}`,
    );
  }
  if (organization.delegatedAdministratorIds === null) {
    return ask(
      `It is not known whether the account ${label} administers the organization.`,
    );
  }
  if (!joinedAt || moment(joinedAt) <= moment(mandate.approvedAt)) {
    return ask(
      `The account ${label} existed when the scope was approved, and was not in it.`,
    );
  }
  const { owners, environment } = account.facts;
  if (!owners.known) {
    return ask(`Nobody knows who owns the account ${label}: ${owners.reason}.`);
  }
  if (!environment.known) {
    return ask(
      `Nobody knows the environment of the account ${label}: ${environment.reason}.`,
    );
  }
  const ceiling = ceilingOf(mandate.document);
  if (mandate.accountsCount >= ceiling) {
    return ask(
      `The scope holds ${countLabel(
        mandate.accountsCount,
        'account',
        'accounts',
      )}, and ${ceiling} are the most that were approved.`,
    );
  }
  const stricter = whyStricter(mandate.policy, policy);
  return stricter
    ? ask(`For the account ${label} ${stricter}.`)
    : {
        verdict: 'takeIn',
        reason: `The account ${label} was created after the approval and is within what was approved.`,
      };
}

function isOver(
  { document, startsAt }: ScopeEntry['mandate'],
  now: string,
): boolean {
  return moment(startsAt) + document.seconds * 1000 <= moment(now);
}

function ceilingOf({ scope }: ScopeDocument): number {
  return 'maxAccounts' in scope ? scope.maxAccounts : 0;
}

/** What the policy asks for the account that nobody answered for the scope. */
function whyStricter(
  approved: PolicyOutcome,
  now: PolicyOutcome,
): string | undefined {
  const missing = now.stages.find(stage => !isAnswered(stage, approved.stages));
  if (missing) {
    return `the policy asks for the approval "${
      missing.name
    }" (${missing.because.join(', ')}), which the scope does not have`;
  }
  if (approved.autoApproved && !now.autoApproved) {
    return 'the policy does not approve it by itself, as it did for the scope';
  }
  const shorter = isShorter(now.maxDuration, approved.maxDuration);
  if (shorter || isShorter(now.maxTotal, approved.maxTotal)) {
    return 'the policy allows a shorter time than for the scope';
  }
  const asked = (now.demands ?? []).find(
    demand =>
      !(approved.demands ?? []).some(
        other =>
          other.field === demand.field && other.pattern === demand.pattern,
      ),
  );
  return asked && `the policy asks for a ${asked.field} that was not asked for`;
}

/**
 * The same people were asked for as many approvals; of an owner, the same owner.
 * Whom a resolver names for another account nobody knows: the id of its stage
 * says nothing of that.
 */
function isAnswered(stage: RequiredStage, approved: RequiredStage[]): boolean {
  const isByResolver = [
    ...stage.approvers,
    ...(stage.alternates?.approvers ?? []),
  ].some(source => source.startsWith('resolver:'));
  return approved.some(
    ({ id, count, accountIds }) =>
      id === stage.id &&
      count >= stage.count &&
      (!isByResolver ||
        stage.accountIds.every(accountId => accountIds.includes(accountId))),
  );
}

function isShorter(
  one: string | null | undefined,
  other: string | null | undefined,
): boolean {
  const seconds = (duration: string | null | undefined) =>
    duration ? Duration.fromISO(duration).as('seconds') : Infinity;
  return seconds(one) < seconds(other);
}

function moment(iso: string): number {
  return DateTime.fromISO(iso, { zone: 'utc' }).toMillis();
}
