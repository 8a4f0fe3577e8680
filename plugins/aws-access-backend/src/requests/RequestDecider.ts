import { ConflictError, NotAllowedError } from '@backstage/errors';
import { DecisionInput } from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { Caller } from '../authorization/Viewer';
import { RootStores, Stores } from '../database/Stores';
import { stagesToFill } from '../approvals/ApproverResolver';
import { isBeneficiary } from '../approvals/beneficiariesOf';
import { approvalsOf, fillStages, wouldAdvance } from '../approvals/fillStages';
import { askApprovers } from './askApprovers';
import { recordTransition } from './recordTransition';
import { LoadedRequest, RequestLoader } from './RequestLoader';
import { RequestRow } from './RequestStore';
import { waitingFor, toStages } from './toStages';

/** Approves and rejects. */
export class RequestDecider {
  readonly #stores: RootStores;
  readonly #loader: RequestLoader;

  constructor(options: { stores: RootStores; loader: RequestLoader }) {
    this.#stores = options.stores;
    this.#loader = options.loader;
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
    const personId = await this.#check(loaded, input, caller);
    return this.#stores.transaction(async stores => {
      const decision = {
        id: randomUUID(),
        requestId: row.id,
        planVersion: loaded.plan.version,
        planDigest: loaded.plan.digest,
        personId,
        entityRef: caller.userRef,
        verdict: input.verdict,
        reason: input.reason ?? null,
        decidedAt: await stores.now(),
      };
      const auditData = {
        verdict: input.verdict,
        personId,
        planVersion: decision.planVersion,
        planDigest: decision.planDigest,
      };
      // The row first: it makes deciders of one request follow one another, and
      // the later one finds a row that is not the one it judged by.
      const changed =
        input.verdict === 'reject'
          ? await this.#reject(stores, loaded, input, caller, auditData)
          : await this.#approve(stores, loaded, personId, caller, auditData);
      await stores.requests.insertDecision(decision);
      return changed;
    });
  }

  async #check(
    { row, plan, decisions, beneficiaries, stages }: LoadedRequest,
    input: DecisionInput,
    caller: Caller,
  ): Promise<string> {
    const { entraUserId } = caller;
    if (isBeneficiary(caller, beneficiaries)) {
      throw new NotAllowedError(
        'Nobody decides on a request that benefits them.',
      );
    }
    if (caller.actor !== null) {
      throw new NotAllowedError(
        'Decisions are made by people themselves, not by something that acts for them.',
      );
    }
    if (entraUserId === null) {
      throw new NotAllowedError(
        'You are not mapped to one person in Entra ID, so you cannot decide. Ask the portal administrator to give exactly your catalog user the annotation graph.microsoft.com/user-id.',
      );
    }
    if (row.state !== 'pending') {
      throw new ConflictError(await this.#whyNotPending(row, caller));
    }
    if (
      plan.version !== input.planVersion ||
      plan.digest !== input.planDigest
    ) {
      throw new ConflictError(
        'The plan has changed since you saw it. Load the request again, read what is different, and decide on that.',
      );
    }
    if (decisions.some(decision => decision.personId === entraUserId)) {
      throw new ConflictError('You have decided on this plan already.');
    }
    const approvals = approvalsOf(decisions);
    const toFill = stagesToFill(stages);
    if (!wouldAdvance(toFill, approvals, entraUserId)) {
      const isNamed = toFill.some(stage => stage.eligible.has(entraUserId));
      if (isNamed) {
        throw new ConflictError(
          `Already decided by ${await this.#deciders(row, caller)}.`,
        );
      }
      throw new NotAllowedError(
        'You are not an approver of a stage that is still open.',
      );
    }
    return entraUserId;
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
    const open = waitingFor(toStages(stages, after, plan.plan));
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
    if (after.isComplete) {
      await tellRequester(stores, changed, caller, 'is approved');
    } else {
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
    const changed = await recordTransition(stores, {
      request: row,
      to: 'rejected',
      actorRef: caller.userRef,
      event: { kind: 'rejected', text },
      auditData,
      patch: { stateReason: text },
    });
    await tellRequester(stores, changed, caller, 'is rejected');
    return changed;
  }

  async #whyNotPending(row: RequestRow, caller: Caller): Promise<string> {
    const deciders = await this.#deciders(row, caller);
    return deciders
      ? `Already decided by ${deciders}: the request is ${row.state}.`
      : `The request does not wait for a decision: it is ${row.state}.`;
  }

  async #deciders(row: RequestRow, caller: Caller): Promise<string> {
    const decisions = await this.#stores.requests.listDecisions(
      row.id,
      row.planVersion,
    );
    const people = await caller.directory.findPeople(
      decisions.map(decision => decision.entityRef),
    );
    return people.map(person => person.displayName).join(' and ');
  }
}

async function tellRequester(
  stores: Stores,
  row: RequestRow,
  caller: Caller,
  what: string,
) {
  await stores.outbox.put({
    kind: 'notification',
    recipients: [row.requesterRef],
    excludeRef: caller.userRef,
    requestId: row.id,
    title: `Request ${row.number} ${what}`,
    topic: 'aws-access-request',
    severity: 'normal',
  });
}
