import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { BasicPermission } from '@backstage/plugin-permission-common';
import {
  awsAccessRequestCreatePermission,
  awsAccessRequestDecidePermission,
  awsAccessRequestReadPermission,
  DecisionInput,
  ExtendInput,
  Narrowing,
  ParsedFileRequestInput,
  ParsedRequestInput,
  PreviewResponse,
  ReturnInput,
  WHY_NOT_DECIDE,
} from 'backstage-plugin-aws-access-common';
import { OrganizationConfig } from '../config/AwsAccessConfig';
import { Stores } from '../database/Stores';
import { problemsToError } from '../requests/filing/problemsToError';
import {
  LoadedRequest,
  RequestLoader,
} from '../requests/reading/RequestLoader';
import { RequestListQuery, RequestService } from '../requests/RequestService';
import { FilingForOthers } from './FilingForOthers';
import { PlanReader } from './PlanReader';
import { RequestConditions } from './RequestConditions';
import { requirePermission } from './requirePermission';
import { RequestRelations, RequestRelation } from './RequestRelations';
import { Caller, readsEverything } from './Viewer';
import { WHO_MAY_END, WHO_MAY_END_ADOPTED } from '../requests/life/whoMayEnd';

/**
 * Who may do what with requests. The plugin's own rules hold always, whatever
 * Backstage's permissions say: those only narrow further (security rule 12). What
 * the caller may not read does not exist for them; what they may read but not do
 * is refused.
 */
export class AuthorizedRequestService implements RequestService {
  readonly #service: RequestService;
  readonly #stores: Pick<Stores, 'requests'>;
  readonly #loader: RequestLoader;
  readonly #relations: RequestRelations;
  readonly #permissions: PermissionsService;
  readonly #conditions: RequestConditions;
  readonly #forOthers: FilingForOthers;
  readonly #plans: PlanReader;
  readonly #organizations: Record<string, OrganizationConfig>;

  constructor(options: {
    service: RequestService;
    stores: Pick<Stores, 'requests'>;
    loader: RequestLoader;
    relations: RequestRelations;
    permissions: PermissionsService;
    conditions: RequestConditions;
    forOthers: FilingForOthers;
    plans: PlanReader;
    organizations: Record<string, OrganizationConfig>;
  }) {
    this.#service = options.service;
    this.#stores = options.stores;
    this.#loader = options.loader;
    this.#relations = options.relations;
    this.#permissions = options.permissions;
    this.#conditions = options.conditions;
    this.#forOthers = options.forOthers;
    this.#plans = options.plans;
    this.#organizations = options.organizations;
  }

  async decide(id: string, input: DecisionInput, caller: Caller) {
    const relation = await this.#demandVisible(id, caller);
    if (relation.isRequester) {
      throw new NotAllowedError(WHY_NOT_DECIDE.isRequester);
    }
    if (relation.benefits) throw new NotAllowedError(WHY_NOT_DECIDE.benefits);
    await this.#conditions.demand(awsAccessRequestDecidePermission, id, caller);
    return this.#service.decide(id, input, caller);
  }

  async previewNarrowing(id: string, input: Narrowing, caller: Caller) {
    await this.#demandVisible(id, caller);
    await this.#conditions.demand(awsAccessRequestDecidePermission, id, caller);
    return this.#service.previewNarrowing(id, input, caller);
  }

  async resubmit(id: string, idempotencyKey: string, caller: Caller) {
    await this.#demandFilable(
      id,
      caller,
      'Only who filed a request can file it once more.',
    );
    return this.#service.resubmit(id, idempotencyKey, caller);
  }

  async extend(id: string, input: ExtendInput, caller: Caller) {
    await this.#demandFilable(
      id,
      caller,
      'Only who filed a request can ask for more time.',
    );
    return this.#service.extend(id, input, caller);
  }

  async preview(input: ParsedRequestInput, caller: Caller) {
    await this.#require(awsAccessRequestCreatePermission, caller);
    await this.#forOthers.demand(input.onBehalfOf, caller);
    const problems = await this.#findOutOfReach(input, caller);
    if (problems.length > 0) return cannotFile(problems);
    return this.#service.preview(input, caller);
  }

  async file(input: ParsedFileRequestInput, caller: Caller) {
    await this.#require(awsAccessRequestCreatePermission, caller);
    await this.#forOthers.demand(input.onBehalfOf, caller);
    const problems = await this.#findOutOfReach(input, caller);
    if (problems.length > 0) throw problemsToError(problems);
    return this.#service.file(input, caller);
  }

  async list(query: RequestListQuery, caller: Caller) {
    const matching = await this.#conditions.matching(
      awsAccessRequestReadPermission,
      caller,
    );
    if (matching === 'none') return { items: [], nextCursor: null };
    return this.#service.list(query, caller, {
      ...(matching !== 'all' && { matching }),
      readsAll: readsEverything(caller) || caller.roles.has('operator'),
      allows: async (loaded: LoadedRequest) =>
        (await this.#relations.relate(loaded, caller)).isVisible,
    });
  }

  async get(id: string, caller: Caller) {
    await this.#demandVisible(id, caller);
    return this.#service.get(id, caller);
  }

  async comment(id: string, text: string, caller: Caller) {
    await this.#demandVisible(id, caller);
    return this.#service.comment(id, text, caller);
  }

  async withdraw(id: string, reason: string | undefined, caller: Caller) {
    const relation = await this.#demandVisible(id, caller);
    if (!relation.isRequester) {
      throw new NotAllowedError('Only who filed a request can withdraw it.');
    }
    return this.#service.withdraw(id, reason, caller);
  }

  async returnAccess(id: string, input: ReturnInput, caller: Caller) {
    const relation = await this.#demandVisible(id, caller);
    if (relation.whyNotRevoke) throw new NotAllowedError(relation.whyNotRevoke);
    if (relation.adopts && !relation.canRevoke) {
      throw new NotAllowedError(WHO_MAY_END_ADOPTED);
    }
    if (!relation.isRequester && !relation.canRevoke) {
      throw new NotAllowedError(WHO_MAY_END);
    }
    return this.#service.returnAccess(id, input, caller);
  }

  async retry(id: string, caller: Caller) {
    const relation = await this.#demandVisible(id, caller);
    if (!relation.isRequester && !relation.isOperator) {
      throw new NotAllowedError(
        'Only who asked for it or an operator can retry.',
      );
    }
    return this.#service.retry(id, caller);
  }

  /** Filing the same wishes anew is filing, also for somebody else. */
  async #demandFilable(id: string, caller: Caller, refusal: string) {
    const { isRequester } = await this.#demandVisible(id, caller);
    if (!isRequester) throw new NotAllowedError(refusal);
    await this.#require(awsAccessRequestCreatePermission, caller);
    const row = await this.#stores.requests.get(id);
    await this.#forOthers.demand(row!.requesterRef, caller);
    const problems = await this.#findOutOfReach(row!, caller);
    if (problems.length > 0) throw problemsToError(problems);
  }

  /** The one that is meant; undefined when the service will ask which. */
  #organizationOf({ organizationId }: { organizationId?: string }) {
    const ids = Object.keys(this.#organizations);
    const meant = organizationId ?? (ids.length === 1 ? ids[0] : undefined);
    return meant !== undefined && ids.includes(meant) ? meant : undefined;
  }

  /** A plan of what the caller may not read would tell them (security rule 29). */
  async #findOutOfReach(
    input: Pick<ParsedRequestInput, 'organizationId' | 'changes'>,
    caller: Caller,
  ) {
    const organizationId = this.#organizationOf(input);
    return organizationId === undefined
      ? []
      : this.#plans.findOutOfReach(organizationId, input.changes, caller);
  }

  async #demandVisible(id: string, caller: Caller): Promise<RequestRelation> {
    const row = isRequestId(id)
      ? await this.#stores.requests.get(id)
      : undefined;
    if (
      row &&
      (await this.#conditions.allows(
        awsAccessRequestReadPermission,
        id,
        caller,
      ))
    ) {
      const loaded = await this.#loader.load(row, caller.directory);
      const relation = await this.#relations.relate(loaded, caller);
      if (relation.isVisible) return relation;
    }
    throw new NotFoundError('There is no such request.');
  }

  #require(permission: BasicPermission, caller: Caller): Promise<void> {
    return requirePermission(this.#permissions, permission, caller);
  }
}

function cannotFile(problems: PreviewResponse['problems']): PreviewResponse {
  return {
    outcome: 'cannotFile',
    plan: null,
    digest: null,
    stages: [],
    problems,
    denials: [],
    asOf: null,
    overlaps: [],
  };
}

/** PostgreSQL refuses some texts, such as one with NUL, even to look for them. */
function isRequestId(id: string): boolean {
  return /^[\w-]{1,64}$/.test(id);
}
