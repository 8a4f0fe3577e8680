import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  FOLLOW_UP_CONTEXT,
  PlannedFollowUp,
} from 'backstage-plugin-aws-access-common';
import { requestUrl } from '../actions/requestUrl';
import { RootStores } from '../database/Stores';
import { RequestRow } from '../requests/stores/RequestStore';
import { FollowUpTemplates } from './FollowUpTemplates';
import { ScaffolderTasks } from './ScaffolderTasks';

const BATCH = 20;
/** The scaffolder answers within a second; after this a replica has died. */
const LOST_AFTER_SECONDS = 600;
const NO_ANSWER =
  'The scaffolder gave no answer, so that it may have been started or not.';

type Outcome = {
  state: 'started' | 'notStarted';
  taskId: string | null;
  detail: string | null;
};

/**
 * Starts what follows a request, at most once: it is taken before the scaffolder
 * is asked, and never asked again when the answer is lost. What comes of it does
 * not touch the access.
 */
export class FollowUpStarter {
  readonly #stores: RootStores;
  readonly #templates: FollowUpTemplates;
  readonly #tasks: ScaffolderTasks;
  readonly #portalConfig: RootConfigService;
  readonly #logger: LoggerService;

  constructor(options: {
    stores: RootStores;
    templates: FollowUpTemplates;
    tasks: ScaffolderTasks;
    portalConfig: RootConfigService;
    logger: LoggerService;
  }) {
    this.#stores = options.stores;
    this.#templates = options.templates;
    this.#tasks = options.tasks;
    this.#portalConfig = options.portalConfig;
    this.#logger = options.logger;
  }

  /** Starts everything that waits. */
  async startWaiting(): Promise<void> {
    for (const id of await this.#stores.followUps.listLost(
      LOST_AFTER_SECONDS,
    )) {
      const request = (await this.#stores.requests.get(id))!;
      await this.#settle(request, notStarted(NO_ANSWER));
    }
    for (const id of await this.#stores.followUps.listWaiting(BATCH)) {
      if (!(await this.#stores.followUps.take(id))) continue;
      const request = (await this.#stores.requests.get(id))!;
      const { plan } = await this.#stores.requests.getPlan(
        id,
        request.planVersion,
      );
      await this.#settle(request, await this.#start(request, plan.followUp!));
    }
  }

  async #start(
    request: RequestRow,
    approved: PlannedFollowUp,
  ): Promise<Outcome> {
    try {
      const why = await this.#whyNot(request, approved);
      if (why) return notStarted(why);
      const taskId = await this.#tasks.start(approved.template, {
        ...approved.values,
        [FOLLOW_UP_CONTEXT]: await this.#contextOf(request),
      });
      return { state: 'started', taskId, detail: null };
    } catch (error) {
      this.#logger.warn(
        `The follow-up of request ${request.number} was not started: ${error}`,
      );
      return notStarted(
        ResponseError.is(error)
          ? `The scaffolder refused it with status ${error.statusCode}.`
          : NO_ANSWER,
      );
    }
  }

  /** The world may have moved since the approval, and since the access began. */
  async #whyNot(
    request: RequestRow,
    approved: PlannedFollowUp,
  ): Promise<string | undefined> {
    const { authorizations } = this.#stores.provisioning;
    const isDone =
      request.state === 'ended' &&
      !(await authorizations.find(request.id, 'removal'));
    if (request.state !== 'active' && !isDone) {
      return 'The access ended before it could be started.';
    }
    const found = await this.#templates.find(approved.template);
    if ('message' in found) return `${found.message} ${found.fix}`;
    return found.contentDigest === approved.contentDigest
      ? undefined
      : 'The template has changed since it was approved.';
  }

  async #contextOf(request: RequestRow) {
    const decisions = await this.#stores.requests.listDecisions(
      request.id,
      request.planVersion,
    );
    return {
      requestId: request.id,
      requestNumber: request.number,
      requestUrl: requestUrl(this.#portalConfig, request.id),
      requester: request.requesterRef,
      team: request.teamRef,
      approvers: decisions
        .filter(({ verdict }) => verdict !== 'reject')
        .map(({ entityRef }) => entityRef),
    };
  }

  async #settle(request: RequestRow, outcome: Outcome): Promise<void> {
    await this.#stores.transaction(async stores => {
      await stores.followUps.settle(request.id, outcome);
      await stores.audit.append({
        organizationId: request.organizationId,
        kind:
          outcome.state === 'started'
            ? 'follow-up.started'
            : 'follow-up.not-started',
        actor: null,
        requestId: request.id,
        data: { taskId: outcome.taskId, planDigest: request.planDigest },
      });
      await stores.outbox.put({
        kind: 'signal',
        requestId: request.id,
        state: request.state,
      });
    });
  }
}

function notStarted(detail: string): Outcome {
  return { state: 'notStarted', taskId: null, detail };
}
