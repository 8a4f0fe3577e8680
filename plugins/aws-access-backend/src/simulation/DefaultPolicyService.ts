import { InputError } from '@backstage/errors';
import { Caller } from '../authorization/Viewer';
import { PolicyConfig } from '../config/policySchema';
import { describeRule, describeStage } from '../policy/describeRule';
import {
  RequestPreviewer,
  toPreview,
} from '../requests/filing/RequestPreviewer';
import { PolicyService, SimulationInput } from './PolicyService';

/** The policy without regard to who may read it; see AuthorizedPolicyService. */
export class DefaultPolicyService implements PolicyService {
  readonly #policy: PolicyConfig;
  readonly #ownPolicies: string[];
  readonly #previewer: RequestPreviewer;

  constructor(options: {
    policy: PolicyConfig;
    /** Names of policies that modules have added. */
    ownPolicies: string[];
    previewer: RequestPreviewer;
  }) {
    this.#policy = options.policy;
    this.#ownPolicies = options.ownPolicies;
    this.#previewer = options.previewer;
  }

  async describe() {
    const { defaultStage, defaultStageWithoutAccounts, rules } = this.#policy;
    return {
      defaultStage: defaultStage ? describeStage(defaultStage) : null,
      ...(defaultStageWithoutAccounts && {
        defaultStageWithoutAccounts: describeStage(defaultStageWithoutAccounts),
      }),
      rules: rules.map(describeRule),
      ownPolicies: this.#ownPolicies,
    };
  }

  async simulate(input: SimulationInput, caller: Caller) {
    const { requester, filedByActor, ...wishes } = input;
    const person = await caller.directory.findPerson(requester);
    if (!person) {
      throw new InputError(
        `requester: the catalog has no user ${requester}; choose somebody who is in it`,
      );
    }
    return toPreview(
      await this.#previewer.plan(wishes, {
        userRef: person.entityRef,
        entraUserId: person.entraUserId,
        actor: filedByActor ? 'simulation' : null,
        directory: caller.directory,
      }),
    );
  }
}
