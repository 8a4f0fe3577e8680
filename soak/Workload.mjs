import { randomUUID } from 'node:crypto';
import { ApiError, callApi } from './callApi.mjs';
import { chooseWish } from './wishes.mjs';

/** Requests that are on their way at once. */
const OPEN_AT_ONCE = 12;
const FINAL = ['ended', 'denied', 'rejected', 'withdrawn', 'lapsed'];
/** Retries of what is stuck before it is given back. */
const MOST_RETRIES = 6;

/** What becomes of a request, and how often. */
const FATES = {
  keep: 25,
  return: 22,
  expire: 22,
  returnEarly: 8,
  extend: 10,
  reject: 6,
  withdraw: 7,
};

/**
 * What the people of the example company do: ask for access, decide, extend it,
 * give it back, let it end. One step of it at a time, as the seed says.
 */
export class Workload {
  #backends;
  #database;
  #choices;
  #sets;

  /** Everything that was filed, by id. */
  requests = new Map();
  counts = { filed: 0, refused: 0, notTaken: 0, extended: 0, retried: 0 };
  refusals = new Map();

  constructor({ backends, database, choices, sets }) {
    this.#backends = backends;
    this.#database = database;
    this.#choices = choices;
    this.#sets = sets;
  }

  /** Requests of which something is still to come. */
  get open() {
    return [...this.requests.values()].filter(({ isSettled }) => !isSettled);
  }

  /** Files something, or moves something on. */
  async act() {
    try {
      if (this.open.length < OPEN_AT_ONCE) await this.#file();
      else await this.#moveOn(this.#choices.one(this.open));
      if (this.open.length > 0 && this.#choices.chance(60)) {
        await this.#moveOn(this.#choices.one(this.open));
      }
    } catch (error) {
      this.#judge(error);
    }
  }

  /** Lets everything that was filed come to its end, and files nothing. */
  async settle() {
    for (const request of this.open) {
      try {
        await this.#moveOn(request);
      } catch (error) {
        this.#judge(error);
      }
    }
    return this.open.length === 0;
  }

  /** People are refused for good reasons, and may try again where a call got lost. */
  #judge(error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.mayPass) {
      this.counts.notTaken += 1;
    } else {
      this.counts.refused += 1;
      const reason = error.message.slice(0, 200);
      this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
    }
  }

  async #file() {
    const number = this.counts.filed + this.counts.refused + 1;
    const wish = chooseWish(this.#choices, {
      number,
      sets: this.#sets,
      made: this.#listMade(),
    });
    const fate = this.#choices.weighted(FATES);
    if (!wish) return;
    const { kind, requester, ...input } = wish;
    const body = {
      ...input,
      justification: `The soak asks for it as number ${number}`,
      idempotencyKey: randomUUID(),
    };
    const filed = await this.#insist(requester, 'POST', '/requests', body);
    this.counts.filed += 1;
    this.#follow(filed, { kind, requester, changes: input.changes, fate });
  }

  #follow(filed, { kind, requester, changes, fate }) {
    const lasts = filed.duration !== null;
    this.requests.set(filed.id, {
      id: filed.id,
      number: filed.number,
      kind,
      requester,
      changes,
      // What has no end cannot expire or be extended.
      fate: !lasts && ['expire', 'extend'].includes(fate) ? 'return' : fate,
      state: filed.state,
      detail: filed,
      retries: 0,
      isSettled: false,
    });
  }

  async #moveOn(request) {
    const { id, requester, fate } = request;
    const detail = await this.#call(requester, 'GET', `/requests/${id}`);
    request.detail = detail;
    request.state = detail.state;
    if (FINAL.includes(detail.state)) {
      request.isSettled = true;
      return;
    }
    switch (detail.state) {
      case 'pending':
        if (fate === 'withdraw') {
          await this.#act(request, 'withdraw');
        } else {
          await this.#decide(request, fate === 'reject' ? 'reject' : 'approve');
        }
        break;
      case 'provisioning':
      case 'propagating':
        if (fate === 'returnEarly') await this.#act(request, 'return');
        break;
      case 'active':
        await this.#end(request);
        break;
      case 'stuck':
        await this.#help(request);
        break;
      default:
    }
  }

  async #end(request) {
    switch (request.fate) {
      case 'return':
      case 'returnEarly':
        await this.#act(request, 'return');
        break;
      case 'expire':
        await this.#database.passEnd(request.id);
        break;
      case 'extend': {
        const { requester, kind, changes } = request;
        const extension = await this.#insist(
          requester,
          'POST',
          `/requests/${request.id}/extend`,
          {
            idempotencyKey: randomUUID(),
            duration: 'PT2H',
            justification: 'The soak needs it for longer',
          },
        ).catch(error => {
          // Not for what a scope or a rule does not allow; it ends instead.
          if (error instanceof ApiError && !error.mayPass) {
            request.fate = 'expire';
          }
          throw error;
        });
        this.counts.extended += 1;
        const fate = this.#choices.one(['keep', 'return', 'expire']);
        this.#follow(extension, { kind, requester, changes, fate });
        request.fate = 'expire';
        break;
      }
      default:
        request.isSettled = true;
    }
  }

  async #help(request) {
    // What has failed for good is given back; removals are tried for ever.
    if (request.retries < MOST_RETRIES || !request.detail.flags.canReturn) {
      await this.#act(request, 'retry');
      request.retries += 1;
      this.counts.retried += 1;
    } else {
      await this.#act(request, 'return');
    }
  }

  async #decide({ id }, verdict) {
    // Who asks may not read of every stage whose accounts it is about.
    const detail = await this.#call('sia', 'GET', `/requests/${id}`);
    const approvers = detail.stages.flatMap(stage =>
      stage.isOpen ? stage.approvers : [],
    );
    if (approvers.length === 0) return;
    const { entityRef } = this.#choices.one(approvers);
    await this.#call(
      entityRef.split('/')[1],
      'POST',
      `/requests/${id}/decisions`,
      {
        verdict,
        planVersion: detail.planVersion,
        planDigest: detail.planDigest,
        ...(verdict === 'reject' && { reason: 'The soak says no' }),
      },
    );
  }

  #act({ id, requester }, what) {
    return this.#call(requester, 'POST', `/requests/${id}/${what}`, {});
  }

  /** What requests have made and hold, for later ones to be about. */
  #listMade() {
    const made = {
      groups: [],
      sets: [],
      memberships: [],
      assignments: [],
      elevations: [],
    };
    for (const { detail, state, changes } of this.requests.values()) {
      if (state !== 'active') continue;
      for (const { kind, id, name } of detail.cloudObjects ?? []) {
        if (kind === 'accessGroup' && !made.groups.includes(id)) {
          made.groups.push(id);
        }
        if (
          kind === 'permissionSet' &&
          !made.sets.some(({ arn }) => arn === id)
        ) {
          made.sets.push({ arn: id, name });
        }
      }
      for (const change of changes) {
        const group = change.accessGroup?.entraGroupId;
        const [account] = change.accounts?.accountIds ?? [];
        if (change.kind === 'membership') {
          made.memberships.push({ group, person: change.people[0] });
        } else if (change.kind === 'assignment' && group && account) {
          made.assignments.push({
            group,
            arn: change.permissionSet.arn,
            account,
          });
        } else if (change.kind === 'elevation') {
          made.elevations.push({
            person: change.people[0],
            arn: change.permissionSet.arn,
            account,
          });
        }
      }
    }
    return made;
  }

  #call(person, method, path, body) {
    return callApi(this.#backends, person, method, path, body);
  }

  /** Repeats a call that must not get lost; its key makes that harmless. */
  async #insist(person, method, path, body) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#call(person, method, path, body);
      } catch (error) {
        if (!(error instanceof ApiError) || !error.mayPass || attempt === 40) {
          throw error;
        }
        this.counts.notTaken += 1;
        await new Promise(resolve => setTimeout(resolve, 250));
      }
    }
  }
}
