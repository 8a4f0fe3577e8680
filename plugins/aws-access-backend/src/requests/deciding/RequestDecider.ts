import { DecisionInput } from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { Caller } from '../../authorization/Viewer';
import { confirmDecision } from '../../awareness/confirmDecision';
import { RootStores, Stores } from '../../database/Stores';
import { stagesToFill } from '../../approvals/ApproverResolver';
import { approvalsOf, fillStages } from '../../approvals/fillStages';
import { LivePeople } from '../../approvals/LivePeople';
import { askApprovers } from '../asking/askApprovers';
import { checkDecider } from './checkDecider';
import { recordTransition } from '../life/recordTransition';
import { requireEnabledPeople } from './requireEnabledPeople';
import { LoadedRequest, RequestLoader } from '../reading/RequestLoader';
import { RequestNarrower } from './RequestNarrower';
import { RequestRow } from '../stores/RequestStore';
import { planForAll } from './planForAll';
import { waitingFor, toStages } from './toStages';

/** Approves and rejects; approving less is the narrower's. */
export class RequestDecider {
  readonly #stores: RootStores;
  readonly #loader: RequestLoader;
  readonly #narrower: RequestNarrower;
  readonly #people: LivePeople;

  constructor(options: {
    stores: RootStores;
    loader: RequestLoader;
    narrower: RequestNarrower;
    people: LivePeople;
  }) {
    this.#stores = options.stores;
    this.#loader = options.loader;
    this.#narrower = options.narrower;
    this.#people = options.people;
  }

  /**
   * One transaction: the request's row guarded by id, state, version and plan,
   * the decision unique for the person, then the count (security rule 8).
   *
   * @returns the request as the decision leaves it
   */
  async decide(
    row: RequestRow,
    input: DecisionInput,
    caller: Caller,
  ): Promise<RequestRow> {
    const loaded = await this.#loader.load(row, caller.directory);
    const personId = await checkDecider(this.#stores, loaded, input, caller);
    await requireEnabledPeople(this.#people, loaded, input, personId);
    if (input.verdict === 'narrow') {
      return this.#narrower.narrow(loaded, input, personId, caller);
    }
    const { verdict } = input;
    return this.#stores.transaction(async stores => {
      const decision = {
        id: randomUUID(),
        requestId: row.id,
        planVersion: loaded.plan.version,
        planDigest: loaded.plan.digest,
        personId,
        entityRef: caller.userRef,
        verdict,
        reason: input.reason ?? null,
        decidedAt: await stores.now(),
      };
      const auditData = {
        verdict,
        personId,
        planVersion: decision.planVersion,
        planDigest: decision.planDigest,
      };
      // The row first: it makes deciders of one request follow one another, and
      // the later one finds a row that is not the one it judged by.
      const changed =
        verdict === 'reject'
          ? await this.#reject(stores, loaded, input, caller, auditData)
          : await this.#approve(stores, loaded, personId, caller, auditData);
      await stores.requests.insertDecision(decision);
      await confirmDecision(stores, changed, decision);
      return changed;
    });
  }

  async #approve(
    stores: Stores,
    { row, plan, decisions, stages, filled }: LoadedRequest,
    personId: string,
    caller: Caller,
    auditData: Record<string, unknown>,
  ): Promise<RequestRow> {
    const toFill = stagesToFill(stages);
    const after = fillStages(toFill, [...approvalsOf(decisions), personId]);
    const open = waitingFor(
      toStages(stages, after, planForAll(plan.plan, row.changes)),
    );
    const advanced = toFill
      .filter(({ id }) => after.have.get(id)! > filled.have.get(id)!)
      .map(({ id }) => id);
    const changed = await recordTransition(stores, {
      request: row,
      to: after.isComplete ? 'approved' : 'pending',
      actorRef: caller.userRef,
      event: {
        kind: 'approved',
        text: after.isComplete
          ? `${caller.displayName} approved it; nothing more is needed.`
          : `${caller.displayName} approved it; it still needs ${open.join(
              ' and ',
            )}.`,
      },
      auditData: { ...auditData, stages: advanced },
      patch: {
        stateReason: row.stateReason,
        ...(after.isComplete && {
          stateReason: null,
          approvedAt: await stores.now(),
        }),
      },
    });
    if (!after.isComplete) {
      // Its approval may have opened the next stages.
      await askApprovers(stores, changed, stages, [
        ...approvalsOf(decisions),
        personId,
      ]);
    }
    return changed;
  }

  async #reject(
    stores: Stores,
    { row }: LoadedRequest,
    input: DecisionInput,
    caller: Caller,
    auditData: Record<string, unknown>,
  ): Promise<RequestRow> {
    await stores.provisioning.footprints.releaseNames(row.id);
    const text = `${caller.displayName} rejected it: ${input.reason}`;
    return recordTransition(stores, {
      request: row,
      to: 'rejected',
      actorRef: caller.userRef,
      event: { kind: 'rejected', text },
      auditData,
      patch: { stateReason: text },
    });
  }
}
