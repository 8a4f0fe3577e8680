import { Plan, Problem } from 'backstage-plugin-aws-access-common';
import { AwsAccessPolicy } from 'backstage-plugin-aws-access-node';
import { CloudsProvider } from '../clouds/OrganizationClouds';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { PersonDirectory } from '../people/PersonDirectory';
import { askOwnPolicies } from '../policy/askOwnPolicies';
import { evaluatePolicy } from '../policy/evaluatePolicy';
import { explainPolicy } from '../policy/explainPolicy';
import { collectFacts } from './facts/collectFacts';
import { FactsSource } from '../facts/FactsSource';
import { CONTROLS_THIS_PRODUCT } from './findings/findFindings';
import { findProblems } from './problems/findProblems';
import { InventoryFactsSource } from '../facts/InventoryFactsSource';
import { LiveFactsSource } from '../facts/LiveFactsSource';
import {
  findLimitProblems,
  findLongestDuration,
} from './problems/findLimitProblems';
import { findSecondsHeld } from './facts/findSecondsHeld';
import { namedPeopleOf } from './facts/namedPeopleOf';
import { planDigest } from './planDigest';
import { planRequest } from './planRequest';
import { withFollowUp } from './withFollowUp';
import { secondsOfAccess } from '../requests/filing/extendRequest';
import { policyAtoms } from './effects/policyAtoms';
import { PlanInput, PlanResult, RequestPlanner } from './RequestPlanner';

/** Collects facts, and leaves the thinking to pure functions. */
export class DefaultRequestPlanner implements RequestPlanner {
  readonly #config: AwsAccessConfig;
  readonly #stores: Stores;
  readonly #directory: PersonDirectory;
  readonly #clouds: CloudsProvider;
  readonly #ownPolicies: AwsAccessPolicy[];
  readonly #onPolicyFailure: (name: string, error: unknown) => void;

  constructor(options: {
    config: AwsAccessConfig;
    stores: Stores;
    directory: PersonDirectory;
    clouds: CloudsProvider;
    /** Policies that modules have added. */
    ownPolicies?: AwsAccessPolicy[];
    onPolicyFailure?: (name: string, error: unknown) => void;
  }) {
    this.#config = options.config;
    this.#stores = options.stores;
    this.#directory = options.directory;
    this.#clouds = options.clouds;
    this.#ownPolicies = options.ownPolicies ?? [];
    this.#onPolicyFailure = options.onPolicyFailure ?? (() => {});
  }

  async planFromInventory(input: PlanInput): Promise<PlanResult> {
    if (!this.#isConfigured(input)) {
      return cannotPlan(unknownOrganization(this.#config));
    }
    const organization = this.#config.organizations[input.organizationId];
    return this.#plan(
      input,
      new InventoryFactsSource({
        inventory: this.#stores.inventory,
        organizationId: input.organizationId,
        staleAfter: organization.inventory.staleAfter,
        now: await this.#stores.now(),
      }),
    );
  }

  async planFromClouds(input: PlanInput): Promise<PlanResult> {
    if (!this.#isConfigured(input)) {
      return cannotPlan(unknownOrganization(this.#config));
    }
    const live = await this.#plan(
      { ...input, secondsBefore: await this.#secondsBefore(input) },
      new LiveFactsSource({
        clouds: this.#clouds.forOrganization(input.organizationId),
        inventory: this.#stores.inventory,
        organizationId: input.organizationId,
        now: await this.#stores.now(),
      }),
    );
    return denySpan(live);
  }

  /** Seconds of access that a filed extension goes on with. */
  async #secondsBefore({ requestId, secondsBefore }: PlanInput) {
    const request = requestId && (await this.#stores.requests.get(requestId));
    if (!request || !request.extensionOf) return secondsBefore;
    const before = await this.#stores.requests.get(request.extensionOf);
    return before ? secondsOfAccess(this.#stores, before) : secondsBefore;
  }

  /** `constructor` is a name that every object knows, and no organization. */
  #isConfigured({ organizationId }: PlanInput): boolean {
    return Object.hasOwn(this.#config.organizations, organizationId);
  }

  async #plan(input: PlanInput, source: FactsSource): Promise<PlanResult> {
    const facts = await collectFacts(input, source, {
      config: this.#config.organizations[input.organizationId],
      stores: this.#stores,
      directory: this.#directory,
      callerAccount: this.#clouds
        .forOrganization(input.organizationId)
        .callerAccount?.(),
    });
    const problems = findProblems(input, facts);
    const { pins } = facts;
    if (problems.length > 0 || !pins) return cannotPlan(problems, facts.asOf);

    const plan = withFollowUp(
      planRequest(input, { ...facts, pins }),
      input.plannedFollowUp,
    );
    const atoms = policyAtoms(plan, input, facts);
    // A person looks at what could change who has access at all (security rule
    // 17).
    const options = {
      // A follow-up runs with the portal's rights, so a person looks at it too.
      mayAutoApprove:
        !input.followUp &&
        !plan.findings.some(({ id }) =>
          id.startsWith(`${CONTROLS_THIS_PRODUCT}/`),
        ),
    };
    const byRules = evaluatePolicy(this.#config.policy, atoms, options);
    const policy = await askOwnPolicies(
      this.#ownPolicies,
      byRules,
      atoms,
      {
        organizationId: input.organizationId,
        requesterRef: input.requesterRef,
        teamRef: input.teamRef,
        actor: input.actor ?? null,
        plan,
      },
      this.#onPolicyFailure,
    );
    const held = policy.maxHeld
      ? await this.#secondsHeld(input, plan)
      : undefined;
    return {
      plan,
      digest: planDigest(plan),
      policy,
      explanation: explainPolicy(this.#config.policy, atoms, options),
      problems: findLimitProblems({ ...input, ...held }, facts.config, policy),
      longest: findLongestDuration({ ...input, ...held }, policy),
      asOf: facts.asOf,
    };
  }

  /** How long it has been held, in all and by whom the request names. */
  async #secondsHeld(input: PlanInput, plan: Plan) {
    const secondsHeld = await findSecondsHeld(input, plan, this.#stores);
    const named = namedPeopleOf(input.changes);
    const people = plan.people.filter(
      ({ entityRef }) => entityRef !== null && named.includes(entityRef),
    );
    const ids = people.map(({ entraUserId }) => entraUserId);
    const gains = plan.gains.filter(atom => ids.includes(atom.entraUserId));
    return {
      secondsHeld,
      secondsHeldTold:
        secondsHeld === 0 || gains.length === plan.gains.length
          ? secondsHeld
          : await findSecondsHeld(
              input,
              { ...plan, people, gains },
              this.#stores,
            ),
    };
  }
}

/**
 * Before provisioning, a span that the policy of today does not allow denies: it
 * was allowed when the request was filed, and time has passed (security rule 26).
 */
function denySpan(result: PlanResult): PlanResult {
  const tooLong = result.problems.filter(({ path }) => path === 'duration');
  if (!result.policy || tooLong.length === 0) return result;
  return {
    ...result,
    policy: {
      ...result.policy,
      denials: [
        ...result.policy.denials,
        ...tooLong.map(({ message }) => message),
      ].sort(),
    },
    problems: result.problems.filter(({ path }) => path !== 'duration'),
  };
}

function cannotPlan(
  problems: Problem[],
  asOf: string | null = null,
): PlanResult {
  return { plan: null, digest: null, policy: null, problems, asOf };
}

function unknownOrganization(config: AwsAccessConfig): Problem[] {
  return [
    {
      path: 'organizationId',
      message: 'No such organization is configured.',
      fix: `Name one of: ${Object.keys(config.organizations).join(', ')}.`,
    },
  ];
}
