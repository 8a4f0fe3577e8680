import { FollowUp } from 'backstage-plugin-aws-access-common';
import { Stores } from '../database/Stores';
import {
  PlanInput,
  PlanResult,
  RequestPlanner,
} from '../planning/RequestPlanner';
import { followUpOf } from './followUpOf';
import { FollowUpTemplates } from './FollowUpTemplates';

/**
 * Makes what follows a request part of its plan: the template by its content,
 * and the values (security rule 3). A request that is planned again keeps the
 * wish of its last plan; if the template is not what it was, nothing covers it.
 */
export class FollowUpPlanner implements RequestPlanner {
  readonly #planner: RequestPlanner;
  readonly #stores: Pick<Stores, 'requests'>;
  readonly #templates: FollowUpTemplates;

  constructor(options: {
    planner: RequestPlanner;
    stores: Pick<Stores, 'requests'>;
    templates: FollowUpTemplates;
  }) {
    this.#planner = options.planner;
    this.#stores = options.stores;
    this.#templates = options.templates;
  }

  planFromInventory(input: PlanInput): Promise<PlanResult> {
    return this.#plan(input, planned =>
      this.#planner.planFromInventory(planned),
    );
  }

  planFromClouds(input: PlanInput): Promise<PlanResult> {
    return this.#plan(input, planned => this.#planner.planFromClouds(planned));
  }

  async #plan(
    input: PlanInput,
    plan: (input: PlanInput) => Promise<PlanResult>,
  ): Promise<PlanResult> {
    const followUp = input.followUp ?? (await this.#wishOf(input.requestId));
    if (!followUp) return plan(input);
    const found = await this.#templates.find(followUp.template);
    if ('contentDigest' in found) {
      const { contentDigest } = found;
      const plannedFollowUp = { ...followUp, contentDigest };
      return plan({ ...input, followUp, plannedFollowUp });
    }
    const result = await plan({ ...input, followUp });
    return {
      ...result,
      problems: [...result.problems, { path: 'followUp.template', ...found }],
    };
  }

  async #wishOf(requestId: string | undefined): Promise<FollowUp | undefined> {
    const request = requestId && (await this.#stores.requests.get(requestId));
    return request ? followUpOf(this.#stores, request) : undefined;
  }
}
