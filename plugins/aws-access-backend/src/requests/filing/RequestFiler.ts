import { ConflictError } from '@backstage/errors';
import {
  ParsedFileRequestInput,
  Problem,
} from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { PlanReader } from '../../authorization/PlanReader';
import { Caller } from '../../authorization/Viewer';
import { RootStores, Stores } from '../../database/Stores';
import { digestOf } from '../../digest/digestOf';
import { namedPeopleOf } from '../../planning/facts/namedPeopleOf';
import { requestTitle } from '../../planning/words/requestTitle';
import { createdNames } from '../../provisioning/starting/footprintOf';
import { nameOfReservation } from '../../planning/names/reservedNames';
import { Asker, askerOf } from '../askerOf';
import { RateCap } from './RateCap';
import { problemsToError } from './problemsToError';
import {
  PlannedInput,
  RequestPreviewer,
  toldProblems,
} from './RequestPreviewer';
import { RequestRow } from '../stores/RequestStore';
import { tellOfFiling } from './tellOfFiling';

/** Another filing may take a proposed name first; then the next one is tried. */
const ATTEMPTS = 10;

/** Thrown to roll the transaction back; never leaves this file. */
class NameTakenError extends Error {}

/** The request from which a new one takes its wishes. */
export interface RequestOrigin {
  request: RequestRow;
  as: 'copy' | 'extension';
  /** Seconds of access before an extension. */
  secondsBefore?: number;
}

/** What is filed, by whom and for whom. */
interface Filing {
  input: ParsedFileRequestInput;
  bodyDigest: string;
  asker: Asker;
  origin: RequestOrigin | null;
}

/** Files requests: planned, judged by the policy, and stored in one go. */
export class RequestFiler {
  readonly #stores: RootStores;
  readonly #previewer: RequestPreviewer;
  readonly #plans: PlanReader;
  readonly #maxOpenPerPerson: number;
  readonly #denials: RateCap;

  constructor(options: {
    stores: RootStores;
    previewer: RequestPreviewer;
    plans: PlanReader;
    maxOpenPerPerson: number;
    denials: RateCap;
  }) {
    this.#stores = options.stores;
    this.#previewer = options.previewer;
    this.#plans = options.plans;
    this.#maxOpenPerPerson = options.maxOpenPerPerson;
    this.#denials = options.denials;
  }

  async file(
    input: ParsedFileRequestInput,
    caller: Caller,
    origin: RequestOrigin | null = null,
  ): Promise<RequestRow> {
    const { idempotencyKey, ...body } = input;
    const bodyDigest = digestOf(body);
    const findFiled = () =>
      this.#findFiled(caller.userRef, idempotencyKey, bodyDigest);

    const before = await findFiled();
    if (before) return before;
    const asker = await askerOf(input.onBehalfOf, caller);
    for (let attempt = 1; ; attempt++) {
      const planned = await this.#previewer.plan(
        body,
        asker,
        origin?.secondsBefore,
      );
      if (planned.problems.length > 0) {
        throw problemsToError(await this.#toldProblems(planned, input, caller));
      }
      if (firstState(planned.result.policy!) === 'denied' && attempt === 1) {
        await this.#denials.count(caller.userRef);
      }
      try {
        return await this.#stores.transaction(stores =>
          this.#insert(stores, planned, { input, bodyDigest, asker, origin }),
        );
      } catch (error) {
        const meanwhile = await findFiled();
        if (meanwhile) return meanwhile;
        if (!(error instanceof NameTakenError)) throw error;
        if (attempt === ATTEMPTS) throw new ConflictError(error.message);
      }
    }
  }

  async #toldProblems(
    planned: PlannedInput,
    input: ParsedFileRequestInput,
    caller: Caller,
  ): Promise<Problem[]> {
    const { organizationId, result, problems } = planned;
    if (!result.plan || organizationId === undefined) return problems;
    return toldProblems(
      planned,
      await this.#plans.show(
        result.plan,
        organizationId,
        namedPeopleOf(input.changes),
        caller,
      ),
    );
  }

  async #findFiled(filerRef: string, key: string, bodyDigest: string) {
    const filed = await this.#stores.requests.findByIdempotencyKey(
      filerRef,
      key,
    );
    if (filed && filed.bodyDigest !== bodyDigest) {
      throw new ConflictError(
        `idempotencyKey: was used for request ${filed.number}, which asks for something else. Use a new key.`,
      );
    }
    return filed;
  }

  async #insert(
    stores: Stores,
    planned: PlannedInput,
    { input, bodyDigest, asker, origin }: Filing,
  ): Promise<RequestRow> {
    const organizationId = planned.organizationId!;
    const plan = planned.result.plan!;
    const policy = planned.result.policy!;
    const digest = planned.result.digest!;
    const now = await stores.now();
    const state = firstState(policy);

    const row = await stores.requests.insert(
      {
        id: randomUUID(),
        organizationId,
        state,
        stateReason: state === 'denied' ? policy.denials.join(' ') : null,
        planVersion: 1,
        planDigest: digest,
        requesterRef: asker.userRef,
        requesterPersonId: asker.entraUserId,
        ...(asker.filer && {
          filerRef: asker.filer.userRef,
          filerPersonId: asker.filer.entraUserId,
        }),
        actor: asker.actor,
        teamRef: input.team,
        title: requestTitle(plan, asker),
        justification: input.justification,
        ticket: input.ticket ?? null,
        duration: input.duration,
        changes: input.changes,
        copyOf: origin?.as === 'copy' ? origin.request.id : null,
        extensionOf: origin?.as === 'extension' ? origin.request.id : null,
        idempotencyKey: input.idempotencyKey,
        bodyDigest,
        createdAt: now,
        approvedAt: state === 'approved' ? now : null,
        startsAt: null,
        endsAt: null,
      },
      { version: 1, digest, plan, policy, computedAt: now },
    );
    // Counted after the insertion, which makes filings follow one another.
    const { userRef } = asker.filer ?? asker;
    if ((await stores.requests.countOpen(userRef)) > this.#maxOpenPerPerson) {
      throw new ConflictError(
        `You have ${
          this.#maxOpenPerPerson
        } open requests, and more are not accepted. Withdraw or give back what you do not need.`,
      );
    }
    if (state !== 'denied') {
      const taken = await stores.provisioning.footprints.reserveNames(
        organizationId,
        row.id,
        createdNames(plan),
      );
      if (taken.length > 0) {
        throw new NameTakenError(
          `The name ${nameOfReservation(taken[0])} was taken meanwhile`,
        );
      }
    }
    await tellOfFiling(stores, row, planned, asker, origin);
    return row;
  }
}

function firstState(policy: {
  denials: string[];
  autoApproved: boolean;
}): 'denied' | 'approved' | 'pending' {
  if (policy.denials.length > 0) return 'denied';
  return policy.autoApproved ? 'approved' : 'pending';
}
