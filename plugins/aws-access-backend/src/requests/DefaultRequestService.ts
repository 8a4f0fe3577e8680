import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  DecisionInput,
  ExtendInput,
  Narrowing,
  ParsedFileRequestInput,
  ParsedRequestInput,
  RequestDetail,
  RequestsResponse,
  ReturnInput,
} from 'backstage-plugin-aws-access-common';
import { PlanReader } from '../authorization/PlanReader';
import { RequestRelations } from '../authorization/RequestRelations';
import { Caller } from '../authorization/Viewer';
import { RootStores } from '../database/Stores';
import { namedPeopleOf } from '../planning/facts/namedPeopleOf';
import { askerOf } from './askerOf';
import { checkDecider } from './deciding/checkDecider';
import { listRequests } from './reading/listRequests';
import { OverlapFinder } from './filing/OverlapFinder';
import { RateCaps } from './filing/RateCap';
import { RequestAssembler } from './reading/RequestAssembler';
import { RequestDecider } from './deciding/RequestDecider';
import { RequestFiler } from './filing/RequestFiler';
import { RequestLife } from './life/RequestLife';
import { RequestLoader } from './reading/RequestLoader';
import { RequestNarrower } from './deciding/RequestNarrower';
import { RequestPreviewer, toPreview } from './filing/RequestPreviewer';
import { RequestRepeater } from './filing/RequestRepeater';
import {
  RequestListQuery,
  RequestScope,
  RequestService,
} from './RequestService';
import { RequestRow } from './stores/RequestStore';

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
  repeater: RequestRepeater;
  decider: RequestDecider;
  narrower: RequestNarrower;
  life: RequestLife;
  overlaps: OverlapFinder;
  plans: PlanReader;
  caps: RateCaps;
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
    await this.#parts.caps.previews.count(caller.userRef);
    const planned = await this.#parts.previewer.plan(
      input,
      await askerOf(input.onBehalfOf, caller),
    );
    const { organizationId, result } = planned;
    if (!result.plan || organizationId === undefined) return toPreview(planned);
    const { overlaps, plans } = this.#parts;
    return toPreview(
      planned,
      await overlaps.find(organizationId, result.plan, caller),
      await plans.show(
        result.plan,
        organizationId,
        namedPeopleOf(input.changes),
        caller,
      ),
    );
  }

  async file(input: ParsedFileRequestInput, caller: Caller) {
    return this.#filed(await this.#parts.filer.file(input, caller), caller);
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
    await this.#parts.caps.previews.count(caller.userRef);
    return toPreview(await this.#parts.narrower.plan(loaded, input, caller));
  }

  async resubmit(id: string, idempotencyKey: string, caller: Caller) {
    const row = await this.#find(id);
    const { repeater } = this.#parts;
    return this.#filed(
      await repeater.resubmit(row, idempotencyKey, caller),
      caller,
    );
  }

  async extend(id: string, input: ExtendInput, caller: Caller) {
    const row = await this.#find(id);
    return this.#filed(
      await this.#parts.repeater.extend(row, input, caller),
      caller,
    );
  }

  async comment(id: string, text: string, caller: Caller) {
    const row = await this.#find(id);
    await this.#parts.caps.comments.count(caller.userRef);
    await this.#parts.life.comment(row, text, caller);
    return this.get(id, caller);
  }

  async withdraw(id: string, reason: string | undefined, caller: Caller) {
    return this.#change(id, caller, row =>
      this.#parts.life.withdraw(row, reason, caller),
    );
  }

  async returnAccess(id: string, input: ReturnInput, caller: Caller) {
    return this.#change(id, caller, row =>
      this.#parts.life.returnAccess(row, input, caller),
    );
  }

  async retry(id: string, caller: Caller) {
    return this.#change(id, caller, row => this.#parts.life.retry(row, caller));
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

  #filed(row: RequestRow, caller: Caller): Promise<RequestDetail> {
    if (row.state === 'approved') this.#parts.wakeEngine(row.organizationId);
    return this.#detail(row, caller);
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
