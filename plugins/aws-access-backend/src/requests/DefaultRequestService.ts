import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  DecisionInput,
  ExtendInput,
  getRequestFlags,
  Narrowing,
  ParsedFileRequestInput,
  ParsedRequestInput,
  RequestDetail,
  RequestsResponse,
} from 'backstage-plugin-aws-access-common';
import { RequestRelations } from '../authorization/RequestRelations';
import { Caller } from '../authorization/Viewer';
import { RootStores } from '../database/Stores';
import { endAccess } from '../leases/endAccess';
import { retryStuckRequest } from '../provisioning/retryStuckRequest';
import { checkDecider } from './checkDecider';
import { secondsOfAccess, toExtension } from './extendRequest';
import { listRequests } from './listRequests';
import { OverlapFinder } from './OverlapFinder';
import { RateCap } from './RateCap';
import { recordTransition } from './recordTransition';
import { RequestAssembler } from './RequestAssembler';
import { RequestDecider } from './RequestDecider';
import { RequestFiler } from './RequestFiler';
import { RequestLoader } from './RequestLoader';
import { RequestNarrower } from './RequestNarrower';
import { RequestPreviewer, toPreview } from './RequestPreviewer';
import {
  RequestListQuery,
  RequestScope,
  RequestService,
} from './RequestService';
import { RequestRow } from './RequestStore';

/**
 * A row moves on under a caller when a worker or another person is quicker. The
 * rules are asked again for the row as it is then.
 */
const ATTEMPTS = 4;

/** Who does what of a request; see createRequestService. */
interface RequestServiceParts {
  stores: RootStores;
  loader: RequestLoader;
  assembler: RequestAssembler;
  previewer: RequestPreviewer;
  filer: RequestFiler;
  decider: RequestDecider;
  narrower: RequestNarrower;
  overlaps: OverlapFinder;
  previews: RateCap;
  relations: RequestRelations;
  /** Called after a commit that gave the engine something to do. */
  wakeEngine: (organizationId: string) => void;
}

/** Requests without regard to who may read them; see AuthorizedRequestService. */
export class DefaultRequestService implements RequestService {
  readonly #parts: RequestServiceParts;

  constructor(parts: RequestServiceParts) {
    this.#parts = parts;
  }

  async preview(input: ParsedRequestInput, caller: Caller) {
    this.#parts.previews.count(caller.userRef);
    const planned = await this.#parts.previewer.plan(input, caller);
    const { plan } = planned.result;
    return toPreview(
      planned,
      plan
        ? await this.#parts.overlaps.find(planned.organizationId!, plan, caller)
        : [],
    );
  }

  async file(input: ParsedFileRequestInput, caller: Caller) {
    const row = await this.#parts.filer.file(input, caller);
    if (row.state === 'approved') this.#parts.wakeEngine(row.organizationId);
    return this.#detail(row, caller);
  }

  list(
    query: RequestListQuery,
    caller: Caller,
    scope?: RequestScope,
  ): Promise<RequestsResponse> {
    return listRequests(this.#parts, query, caller, scope);
  }

  async get(id: string, caller: Caller) {
    return this.#detail(await this.#find(id), caller);
  }

  async decide(id: string, input: DecisionInput, caller: Caller) {
    return this.#change(id, caller, row =>
      this.#parts.decider.decide(row, input, caller),
    );
  }

  async previewNarrowing(id: string, input: Narrowing, caller: Caller) {
    const row = await this.#find(id);
    const loaded = await this.#parts.loader.load(row, caller.directory);
    const seen = { planVersion: row.planVersion, planDigest: row.planDigest };
    await checkDecider(this.#parts.stores, loaded, seen, caller);
    this.#parts.previews.count(caller.userRef);
    return toPreview(await this.#parts.narrower.plan(loaded, input, caller));
  }

  async resubmit(id: string, idempotencyKey: string, caller: Caller) {
    const row = await this.#find(id);
    await this.#demand(row, caller, 'canResubmit', {
      isOnceAllowed: row.requesterRef === caller.userRef,
      refusal: 'Only who filed a request can file it once more.',
      conflict: `Request ${row.number} is ${row.state}; it can be filed once more when it is finished.`,
    });
    const copy = await this.#parts.filer.file(
      {
        idempotencyKey,
        organizationId: row.organizationId,
        team: row.teamRef,
        justification: row.justification,
        ...(row.ticket !== null && { ticket: row.ticket }),
        duration: row.duration,
        changes: row.changes,
      },
      caller,
      { request: row, as: 'copy' },
    );
    if (copy.state === 'approved') this.#parts.wakeEngine(copy.organizationId);
    return this.#detail(copy, caller);
  }

  async extend(id: string, input: ExtendInput, caller: Caller) {
    const row = await this.#find(id);
    await this.#demand(row, caller, 'canExtend', {
      isOnceAllowed: row.requesterRef === caller.userRef,
      refusal: 'Only who filed a request can ask for more time.',
      conflict: `Request ${row.number} is ${row.state}; only access that is usable can be extended.`,
    });
    if (row.endsAt === null) {
      throw new ConflictError(
        `The access of request ${row.number} has no end, so there is nothing to extend.`,
      );
    }
    const { stores, filer } = this.#parts;
    const extension = await filer.file(toExtension(row, input), caller, {
      request: row,
      as: 'extension',
      secondsBefore: await secondsOfAccess(stores, row),
    });
    if (extension.state === 'approved') {
      this.#parts.wakeEngine(extension.organizationId);
    }
    return this.#detail(extension, caller);
  }

  async comment(id: string, text: string, caller: Caller) {
    const row = await this.#find(id);
    await this.#parts.stores.transaction(async stores => {
      await stores.requests.appendTimeline({
        requestId: id,
        kind: 'commented',
        actorRef: caller.userRef,
        text,
      });
      await stores.outbox.put({
        kind: 'signal',
        requestId: id,
        state: row.state,
      });
      await stores.audit.append({
        organizationId: row.organizationId,
        kind: 'request.commented',
        actor: caller.userRef,
        requestId: id,
        data: { through: caller.actor },
      });
    });
    return this.#detail(await this.#find(id), caller);
  }

  async withdraw(id: string, reason: string | undefined, caller: Caller) {
    return this.#change(id, caller, async row => {
      await this.#demand(row, caller, 'canWithdraw', {
        isOnceAllowed: row.requesterRef === caller.userRef,
        refusal: 'Only who filed a request can withdraw it.',
        conflict: `Request ${row.number} is ${row.state}; it cannot be withdrawn any more. Give the access back instead.`,
      });
      return this.#parts.stores.transaction(async stores => {
        // In the order in which the engine takes them, so that neither waits
        // for the other.
        await stores.provisioning.lockRequest(id);
        await stores.provisioning.footprints.release(id);
        await stores.provisioning.footprints.releaseNames(id);
        const text = `${caller.displayName} withdrew it${because(reason)}`;
        return recordTransition(stores, {
          request: row,
          to: 'withdrawn',
          actorRef: caller.userRef,
          event: { kind: 'withdrawn', text },
          auditData: { through: caller.actor },
          patch: { stateReason: text },
        });
      });
    });
  }

  async returnAccess(id: string, reason: string | undefined, caller: Caller) {
    return this.#change(id, caller, async row => {
      const relation = await this.#relate(row, caller);
      await this.#demand(row, caller, 'canReturn', {
        isOnceAllowed: relation.isRequester || relation.canRevoke,
        refusal:
          'Only who asked for it, an owner of the account or security can end the access.',
        conflict: `Request ${row.number} is ${row.state}; it gives no access that could be ended.`,
      });
      const what = relation.isRequester
        ? 'gave the access back'
        : 'took the access away';
      return this.#parts.stores.transaction(stores =>
        endAccess(stores, {
          request: row,
          actorRef: caller.userRef,
          kind: 'returned',
          auditData: { through: caller.actor },
          text: `${caller.displayName} ${what}${because(reason)}`,
        }),
      );
    });
  }

  async retry(id: string, caller: Caller) {
    return this.#change(id, caller, async row => {
      const relation = await this.#relate(row, caller);
      await this.#demand(row, caller, 'canRetry', {
        isOnceAllowed: relation.isRequester || relation.isOperator,
        refusal: 'Only who asked for it or an operator can retry.',
        conflict: `Request ${row.number} is ${row.state}; only a stuck one can be retried.`,
      });
      return this.#parts.stores.transaction(stores =>
        retryStuckRequest(stores, {
          request: row,
          actorRef: caller.userRef,
          auditData: { through: caller.actor },
        }),
      );
    });
  }

  /**
   * Runs a change on the row as it is, and once more when somebody was quicker:
   * then the rules say what the matter is, rather than "conflict".
   */
  async #change(
    id: string,
    caller: Caller,
    change: (row: RequestRow) => Promise<RequestRow>,
  ): Promise<RequestDetail> {
    for (let attempt = 1; ; attempt++) {
      const row = await this.#find(id);
      try {
        const changed = await change(row);
        this.#parts.wakeEngine(changed.organizationId);
        return await this.#detail(changed, caller);
      } catch (error) {
        const isOvertaken =
          error instanceof ConflictError &&
          (await this.#find(id)).version !== row.version;
        if (!isOvertaken || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #demand(
    row: RequestRow,
    caller: Caller,
    flag:
      | 'canWithdraw'
      | 'canReturn'
      | 'canRetry'
      | 'canResubmit'
      | 'canExtend',
    words: { isOnceAllowed: boolean; refusal: string; conflict: string },
  ) {
    const flags = getRequestFlags(row.state, await this.#relate(row, caller));
    if (flags[flag]) return;
    throw words.isOnceAllowed
      ? new ConflictError(words.conflict)
      : new NotAllowedError(words.refusal);
  }

  async #relate(row: RequestRow, caller: Caller) {
    const loaded = await this.#parts.loader.load(row, caller.directory);
    return this.#parts.relations.relate(loaded, caller);
  }

  async #find(id: string): Promise<RequestRow> {
    const row = await this.#parts.stores.requests.get(id);
    if (!row) throw notFound();
    return row;
  }

  async #detail(row: RequestRow, caller: Caller): Promise<RequestDetail> {
    const loaded = await this.#parts.loader.load(row, caller.directory);
    return this.#parts.assembler.detail(loaded, caller);
  }
}

/** The same words whether it does not exist or may not be read. */
export function notFound(): NotFoundError {
  return new NotFoundError('There is no such request.');
}

function because(reason: string | undefined): string {
  return reason ? `: ${reason}` : '.';
}
