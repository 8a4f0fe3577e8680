import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { DatabaseStores } from '../database/DatabaseStores';
import { NO_SEALS } from '../integrity/Seals';
import { Claim } from '../organizations/OrganizationStore';
import { whyKept } from '../provisioning/running/whyKept';
import { RequestRow } from '../requests/stores/RequestStore';
import { approveRequest } from '../testing/approveRequest';
import { createTestDatabases } from '../testing/databases';
import { emptyPlan } from '../testing/planOf';
import { endAccess } from './endAccess';
import { endLeasesOfOthers } from './endLeasesOfOthers';
import { expireAccess } from './expireAccess';
import { LeaseObject, leaseObjectKey } from './LeaseStore';

const databases = createTestDatabases();

jest.setTimeout(120_000);

const OBJECTS = [0, 1, 2];

/** What may happen to three assignments. */
type Event =
  | { kind: 'grant'; objects: number[]; isStanding: boolean }
  | { kind: 'return'; grant: number }
  | { kind: 'expire'; grant: number }
  | { kind: 'extend'; grant: number }
  | { kind: 'made by somebody else'; object: number }
  | { kind: 'removed by approval'; object: number };

const object = fc.constantFrom(...OBJECTS);
const anEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      objects: fc.subarray(OBJECTS, { minLength: 1 }),
      isStanding: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'return' as const,
        'expire' as const,
        'extend' as const,
      ),
      grant: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'made by somebody else' as const,
        'removed by approval' as const,
      ),
      object,
    }),
  },
);

/**
 * All there is to know about leases: access is there as long as somebody has a
 * reason for it; only what we made goes with the last reason; what people agreed
 * to remove goes for everybody.
 */
class Model {
  readonly present = new Set<number>();
  readonly #ours = new Set<number>();
  readonly #grants: Array<Set<number>> = [];

  grant(objects: number[]): void {
    this.#grants.push(new Set(objects));
    for (const one of objects) {
      if (!this.present.has(one)) this.#ours.add(one);
      this.present.add(one);
    }
  }

  objectsOf(grant: number): number[] {
    return [...this.#grants[grant]];
  }

  end(grant: number): void {
    const objects = [...this.#grants[grant]];
    this.#grants[grant].clear();
    for (const one of objects) {
      const isHeld = this.#grants.some(other => other.has(one));
      if (!isHeld && this.#ours.delete(one)) this.present.delete(one);
    }
  }

  makeOutside(one: number): void {
    this.present.add(one);
  }

  removeByApproval(one: number): void {
    this.present.delete(one);
    this.#ours.delete(one);
    for (const grant of this.#grants) grant.delete(one);
  }
}

/** The same with the real stores; the cloud is a set. */
class Reality {
  readonly present = new Set<number>();
  readonly #grants: RequestRow[] = [];
  /** Objects of another run are others. */
  readonly #run = randomUUID();

  constructor(
    readonly stores: DatabaseStores,
    readonly knex: Knex,
    readonly claim: Claim,
  ) {}

  async grant(objects: number[], isStanding: boolean): Promise<void> {
    const request = await this.#request(isStanding ? null : 'PT1H');
    this.#grants.push(request);
    const stepId = await this.#step(request, 'grant');
    for (const one of objects) {
      if (!this.present.has(one)) {
        await this.#write(stepId, one, 'Create');
        this.present.add(one);
      }
      await this.stores.leases.insert({
        id: randomUUID(),
        organizationId: request.organizationId,
        requestId: request.id,
        objectKey: leaseObjectKey(this.#object(one)),
        object: this.#object(one),
        teamRef: request.teamRef,
        startsAt: request.startsAt!,
        endsAt: request.endsAt,
      });
    }
  }

  async end(grant: number, how: 'return' | 'expire'): Promise<void> {
    const { id } = this.#grants[grant];
    const request = (await this.stores.requests.get(id))!;
    if (request.state !== 'active') return;
    if (how === 'return' || request.endsAt === null) {
      await this.stores.transaction(stores =>
        endAccess(stores, {
          request,
          actorRef: null,
          kind: 'returned',
          text: 'Given back',
        }),
      );
    } else {
      const past = { ends_at: '2000-01-01T00:00:00.000Z' };
      await this.knex('aws_access_requests').where({ id }).update(past);
      await this.knex('aws_access_leases')
        .where({ request_id: id })
        .update(past);
      await expireAccess(this.stores, this.claim, mockServices.logger.mock());
    }
    await this.#carryOutRemovals();
  }

  async removeByApproval(one: number): Promise<void> {
    const request = await this.#request(null);
    const stepId = await this.#step(request, 'grant');
    await this.stores.transaction(stores =>
      endLeasesOfOthers(stores, {
        request,
        objectKeys: [leaseObjectKey(this.#object(one))],
      }),
    );
    if (this.present.delete(one)) await this.#write(stepId, one, 'Delete');
    await this.#carryOutRemovals();
  }

  /** What the removal steps do, without a cloud. */
  async #carryOutRemovals(): Promise<void> {
    const due = await this.stores.provisioning.steps.listDue('parcel', 500);
    for (const step of due.filter(({ kind }) => kind === 'removeAssignment')) {
      const one = Number(String(step.input.accountId).split('/')[1]);
      const objectKey = leaseObjectKey(this.#object(one));
      const kept = await whyKept(this.stores, {
        organizationId: step.organizationId,
        requestId: step.requestId,
        objectKey,
      });
      if (!kept && this.present.delete(one)) {
        await this.#write(step.id, one, 'Delete');
      }
      await this.knex('aws_access_steps')
        .where('id', step.id)
        .update({ state: 'done' });
    }
  }

  async #request(duration: string | null): Promise<RequestRow> {
    const { id } = await approveRequest(this.stores, emptyPlan({ duration }));
    await this.knex('aws_access_requests')
      .where({ id })
      .update({
        state: 'active',
        starts_at: '2026-01-01T00:00:00.000Z',
        ends_at: duration && '2999-01-01T00:00:00.000Z',
      });
    return (await this.stores.requests.get(id))!;
  }

  async #step(request: RequestRow, phase: 'grant'): Promise<string> {
    const authorizationId = randomUUID();
    const stepId = randomUUID();
    const of = {
      organizationId: request.organizationId,
      requestId: request.id,
    };
    await this.stores.provisioning.authorizations.insert({
      ...of,
      id: authorizationId,
      kind: 'grant',
      planVersion: 1,
      planDigest: request.planDigest,
      lapsesAt: null,
    });
    await this.stores.provisioning.steps.insert([
      {
        ...of,
        id: stepId,
        authorizationId,
        phase,
        position: 0,
        kind: 'ensureAssignment',
        title: 'A step of a test',
        input: {},
      },
    ]);
    return stepId;
  }

  async #write(stepId: string, one: number, verb: 'Create' | 'Delete') {
    const id = randomUUID();
    const { intents } = this.stores.provisioning;
    await intents.insert(this.claim, {
      id,
      stepId,
      objectKey: leaseObjectKey(this.#object(one)),
      operation: `sso-admin:${verb}AccountAssignment`,
      inputDigest: '0'.repeat(64),
      nonce: null,
      before: verb === 'Create' ? null : {},
    });
    await intents.conclude(this.claim, id, { state: 'confirmed' });
  }

  #object(one: number): LeaseObject {
    return {
      kind: 'userAssignment',
      accountId: `${this.#run}/${one}`,
      permissionSetArn: 'arn',
      entraUserId: 'ana',
      storeUserId: 'store-ana',
    };
  }
}

describe.each(databases.ids)('leases on %s', id => {
  it('security rule 25: overlapping, back-to-back, extended and standing reasons never take each other away', async () => {
    const knex = await databases.initMigrated(id);
    const stores = new DatabaseStores(knex, NO_SEALS);
    const claim = (await stores.organizations.claim('parcel', 'one', 3600))!;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent, { minLength: 1, maxLength: 12 }),
        async events => {
          const model = new Model();
          const reality = new Reality(stores, knex, claim);
          let grants = 0;
          for (const event of events) {
            if (event.kind === 'grant') {
              grants += 1;
              model.grant(event.objects);
              await reality.grant(event.objects, event.isStanding);
            } else if (event.kind === 'made by somebody else') {
              model.makeOutside(event.object);
              reality.present.add(event.object);
            } else if (event.kind === 'removed by approval') {
              model.removeByApproval(event.object);
              await reality.removeByApproval(event.object);
            } else if (event.grant >= grants) {
              // There are not so many yet.
            } else if (event.kind === 'extend') {
              // More time is another request for the same, and the first one ends
              // at the same instant.
              const objects = model.objectsOf(event.grant);
              if (objects.length > 0) {
                grants += 1;
                model.grant(objects);
                await reality.grant(objects, false);
                model.end(event.grant);
                await reality.end(event.grant, 'expire');
              }
            } else {
              model.end(event.grant);
              await reality.end(event.grant, event.kind);
            }
            expect([...reality.present].sort()).toEqual(
              [...model.present].sort(),
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
