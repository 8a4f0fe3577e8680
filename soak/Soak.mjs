import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../scripts/lib/ports.mjs';
import { callApi } from './callApi.mjs';
import { Choices } from './Choices.mjs';
import { Clouds } from './Clouds.mjs';
import { Database } from './Database.mjs';
import { findScimViolations, findViolations } from './findViolations.mjs';
import { KillingHand } from './KillingHand.mjs';
import { createBackendProcess } from './createBackendProcess.mjs';
import { SandboxProcess, WEATHERS } from './SandboxProcess.mjs';
import { soakConfig } from './soakConfig.mjs';
import { traceViolation } from './traceViolation.mjs';
import { Workload } from './Workload.mjs';

const STEP_MS = 250;
const SCIM_EVERY_MS = 15_000;
const SAY_EVERY_MS = 15_000;
/** For everything to come to rest: AWS's refusals are tried again after minutes. */
const REST_LIMIT_MS = 12 * 60_000;

/**
 * One soak: people ask for access, the clouds have weather, backends die; then
 * everything comes to rest and is compared with what must be.
 */
export class Soak {
  #options;
  #sandbox;
  #database;
  #backends = [];
  #workload;
  #hands = [];

  /**
   * @param options - `minutes`, `seed`, `replicas`, `weather`, `kills` (ends when
   *   there were so many), `backend` and what it is started from
   *   (createBackendProcess), `folder` (for logs and SQLite), and `connection`
   *   (Backstage's `backend.database`)
   */
  constructor(options) {
    this.#options = options;
  }

  /** @returns figures and violations */
  async run() {
    const { folder, weather } = this.#options;
    mkdirSync(folder, { recursive: true });
    this.#sandbox = await SandboxProcess.start(join(folder, 'sandbox.log'));
    const clouds = new Clouds(this.#sandbox.url);
    await this.#sandbox.setWeather();
    await this.#sandbox.passScimCycle();
    const before = await clouds.read();
    await this.#startBackends();
    await this.#createWorkload(before);

    await this.#sandbox.setWeather(WEATHERS[weather]);
    await this.#work();
    await this.#sandbox.setWeather();
    const isAtRest = await this.#rest();
    const figures = await this.#check(clouds, before, isAtRest);
    await this.#database.stop();
    return figures;
  }

  /** Ends every process that it started. */
  async stop() {
    await Promise.all(this.#hands.map(hand => hand.stop()));
    await Promise.all(this.#backends.map(backend => backend.kill()));
    await this.#sandbox?.stop();
  }

  async #startBackends() {
    const { connection, replicas } = this.#options;
    for (let number = 1; number <= replicas; number += 1) {
      const backend = createBackendProcess({
        ...this.#options,
        number,
        sandboxUrl: this.#sandbox.url,
        config: soakConfig({
          sandboxUrl: this.#sandbox.url,
          port: await freePort(),
          connection,
        }),
      });
      this.#backends.push(backend);
      await backend.start();
    }
    this.#database = new Database(connection);
  }

  async #createWorkload(before) {
    const { seed } = this.#options;
    const sets = new Map(
      before.permissionSets.map(({ name, arn }) => [name, arn]),
    );
    this.#workload = new Workload({
      backends: this.#backends,
      database: this.#database,
      choices: new Choices(seed, 'people'),
      sets,
    });
    this.#hands = this.#backends.map(
      (backend, index) =>
        new KillingHand({
          backend,
          database: this.#database,
          choices: new Choices(seed, `kills of ${index}`),
        }),
    );
    // Requests are planned from the inventory.
    await this.#until('the first inventory', async () => {
      const { items } = await callApi(
        this.#backends,
        'ida',
        'GET',
        '/inventory',
      );
      return items[0].freshness.asOf;
    });
  }

  async #work() {
    const { kills, minutes } = this.#options;
    const endsAt = Date.now() + minutes * 60_000;
    let scimAt = Date.now() + SCIM_EVERY_MS;
    let sayAt = Date.now() + SAY_EVERY_MS;
    this.#hands.forEach(hand => hand.start());
    while (Date.now() < endsAt && (!kills || this.#sum('kills') < kills)) {
      this.#refuseFailure();
      await this.#workload.act();
      if (Date.now() > scimAt) {
        await this.#sandbox.passScimCycle();
        scimAt = Date.now() + SCIM_EVERY_MS;
      }
      if (Date.now() > sayAt) {
        this.#say('working');
        sayAt = Date.now() + SAY_EVERY_MS;
      }
      await delay(STEP_MS);
    }
    await Promise.all(this.#hands.map(hand => hand.stop()));
    this.#refuseFailure();
  }

  async #rest() {
    const endsAt = Date.now() + REST_LIMIT_MS;
    while (Date.now() < endsAt) {
      await this.#sandbox.passScimCycle();
      if (await this.#workload.settle()) return true;
      this.#say('coming to rest');
      await delay(4_000);
    }
    return false;
  }

  async #check(clouds, before, isAtRest) {
    await this.#sandbox.passScimCycle();
    await this.#sandbox.passScimCycle();
    const after = await clouds.read();
    const requests = [...this.#workload.requests.values()];
    const [leases, intents, steps, rows, writes, audit] = await Promise.all([
      this.#database.listLiveLeases(),
      this.#database.listOpenIntents(),
      this.#database.listUnfinishedSteps(),
      this.#database.listRequests(),
      this.#database.countWrites(),
      callApi(this.#backends, 'sia', 'GET', '/audit/verify'),
    ]);
    const found = findViolations({ before, after, leases, requests });
    const violations = [
      ...(isAtRest
        ? []
        : [`It did not come to rest in ${REST_LIMIT_MS / 60_000} minutes`]),
      ...found.violations,
      ...findScimViolations(before, after),
      ...intents.map(
        intent =>
          `An intent is open: ${intent.operation} on ${intent.key} (step ${intent.kind} is ${intent.step}, request ${intent.number} is ${intent.state})`,
      ),
      ...steps.map(
        step =>
          `A step is not finished: ${step.kind} of request ${step.number} (${
            step.state
          }) is ${step.step}: ${step.detail} ${step.message ?? ''}`,
      ),
    ];
    if (audit.verdict !== 'consistent') {
      violations.push(
        `The audit chain does not verify: ${JSON.stringify(audit)}`,
      );
    }
    return {
      violations,
      traces: await this.#trace(violations, clouds, after),
      writes,
      audit,
      requests,
      rows: rows.length,
      counts: this.#workload.counts,
      refusals: this.#workload.refusals,
      kills: this.#sum('kills'),
      midStep: this.#sum('midStep'),
      midWrite: this.#sum('midWrite'),
      starts: this.#backends.reduce((sum, { starts }) => sum + starts, 0),
      objects: found.objects,
      leases: found.leases,
    };
  }

  /** What tells the cause of each violation, by its sentence. */
  async #trace(violations, clouds, after) {
    const traces = new Map();
    if (violations.length === 0) return traces;
    const trail = await clouds.readTrail();
    for (const violation of violations) {
      traces.set(
        violation,
        await traceViolation(violation, {
          database: this.#database,
          trail,
          after,
        }),
      );
    }
    return traces;
  }

  #refuseFailure() {
    const failed = this.#hands.find(({ failure }) => failure);
    if (failed) throw failed.failure;
  }

  #sum(figure) {
    return this.#hands.reduce((sum, hand) => sum + hand[figure], 0);
  }

  #say(what) {
    const { counts, open } = this.#workload;
    const states = new Map();
    for (const { state } of open)
      states.set(state, (states.get(state) ?? 0) + 1);
    console.log(
      `  ${what}: ${this.#sum('kills')} kills, ${counts.filed} filed, ${
        open.length
      } open (${[...states]
        .map(([state, count]) => `${count} ${state}`)
        .join(', ')})`,
    );
  }

  async #until(what, isSo) {
    const endsAt = Date.now() + 120_000;
    while (!(await isSo().catch(() => false))) {
      if (Date.now() > endsAt) throw new Error(`Waited in vain for ${what}`);
      await delay(250);
    }
  }
}
