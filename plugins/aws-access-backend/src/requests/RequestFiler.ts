import { ConflictError } from '@backstage/errors';
import { ParsedFileRequestInput } from 'backstage-plugin-aws-access-common';
import { randomUUID } from 'node:crypto';
import { Caller } from '../authorization/Viewer';
import { announce } from '../awareness/announce';
import { RootStores, Stores } from '../database/Stores';
import { digestOf } from '../digest/digestOf';
import { requestTitle } from '../planning/describePlan';
import { countLabel } from '../wording/labels';
import { createdGroupNames } from '../provisioning/footprintOf';
import { askApprovers } from './askApprovers';
import { problemsToError } from './problemsToError';
import { PlannedInput, RequestPreviewer } from './RequestPreviewer';
import { RequestRow } from './RequestStore';

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

const WORDS = { copy: 'a copy', extension: 'an extension' } as const;

/** Files requests: planned, judged by the policy, and stored in one go. */
export class RequestFiler {
  readonly #stores: RootStores;
  readonly #previewer: RequestPreviewer;
  readonly #maxOpenPerPerson: number;

  constructor(options: {
    stores: RootStores;
    previewer: RequestPreviewer;
    maxOpenPerPerson: number;
  }) {
    this.#stores = options.stores;
    this.#previewer = options.previewer;
    this.#maxOpenPerPerson = options.maxOpenPerPerson;
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
    for (let attempt = 1; ; attempt++) {
      const planned = await this.#previewer.plan(
        body,
        caller,
        origin?.secondsBefore,
      );
      if (planned.problems.length > 0) throw problemsToError(planned.problems);
      try {
        return await this.#stores.transaction(stores =>
          this.#insert(stores, planned, input, bodyDigest, caller, origin),
        );
      } catch (error) {
        const meanwhile = await findFiled();
        if (meanwhile) return meanwhile;
        if (!(error instanceof NameTakenError)) throw error;
        if (attempt === ATTEMPTS) throw new ConflictError(error.message);
      }
    }
  }

  async #findFiled(requesterRef: string, key: string, bodyDigest: string) {
    const filed = await this.#stores.requests.findByIdempotencyKey(
      requesterRef,
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
    input: ParsedFileRequestInput,
    bodyDigest: string,
    caller: Caller,
    origin: RequestOrigin | null,
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
        requesterRef: caller.userRef,
        requesterPersonId: caller.entraUserId,
        actor: caller.actor,
        teamRef: input.team,
        title: requestTitle(plan, caller),
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
    if (
      (await stores.requests.countOpen(caller.userRef)) > this.#maxOpenPerPerson
    ) {
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
        createdGroupNames(plan),
      );
      if (taken.length > 0) {
        throw new NameTakenError(`The name ${taken[0]} was taken meanwhile`);
      }
    }
    await this.#tell(stores, row, planned, caller, origin);
    return row;
  }

  async #tell(
    stores: Stores,
    row: RequestRow,
    planned: PlannedInput,
    caller: Caller,
    origin: RequestOrigin | null,
  ) {
    const { requests, audit } = stores;
    const policy = planned.result.policy!;
    if (row.state === 'pending') {
      await askApprovers(stores, row, planned.stages, []);
    }

    const byActor = caller.actor ? ` through ${caller.actor}` : '';
    await requests.appendTimeline({
      requestId: row.id,
      kind: 'filed',
      actorRef: caller.userRef,
      text: `Filed by ${caller.displayName}${byActor}${
        origin
          ? ` as ${WORDS[origin.as]} of request ${origin.request.number}`
          : ''
      }.`,
    });
    await requests.appendTimeline({
      requestId: row.id,
      kind: 'planned',
      actorRef: null,
      text: plannedText(planned),
    });
    if (row.state === 'denied') {
      await requests.appendTimeline({
        requestId: row.id,
        kind: 'denied',
        actorRef: null,
        text: `Denied by the policy: ${policy.denials.join(' ')}`,
      });
    }
    if (row.state === 'approved') {
      await requests.appendTimeline({
        requestId: row.id,
        kind: 'approved',
        actorRef: null,
        text: 'The policy approves it without asking anybody.',
      });
    }
    await announce(stores, row, {
      what: 'filed',
      from: null,
      actorRef: caller.userRef,
    });
    await audit.append({
      organizationId: row.organizationId,
      kind: 'request.filed',
      actor: caller.userRef,
      requestId: row.id,
      data: {
        to: row.state,
        through: caller.actor,
        teamRef: row.teamRef,
        bodyDigest: row.bodyDigest,
        planVersion: row.planVersion,
        planDigest: row.planDigest,
        rulesDigest: policy.rulesDigest,
        stages: policy.stages.map(({ id, count }) => ({ id, count })),
      },
    });
  }
}

function firstState(policy: {
  denials: string[];
  autoApproved: boolean;
}): 'denied' | 'approved' | 'pending' {
  if (policy.denials.length > 0) return 'denied';
  return policy.autoApproved ? 'approved' : 'pending';
}

function plannedText({ stages, result }: PlannedInput): string {
  const { findings } = result.plan!;
  const waits =
    stages.length === 0
      ? 'no approval is needed'
      : `it needs the approval of ${stages
          .map(({ stage }) => stage.name)
          .filter((name, index, names) => names.indexOf(name) === index)
          .join(' and ')}`;
  return `Planned from the stored picture of the clouds: ${countLabel(
    findings.length,
    'finding',
    'findings',
  )}, ${waits}.`;
}
