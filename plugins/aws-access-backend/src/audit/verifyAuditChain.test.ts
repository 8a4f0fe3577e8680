import { Knex } from 'knex';
import { createTestDatabases } from '../testing/databases';
import { auditHash, canonicalAuditText } from './auditHash';
import { DatabaseAuditStore } from './DatabaseAuditStore';
import { verifyAuditChain } from './verifyAuditChain';

const databases = createTestDatabases();
const EVENTS = 'aws_access_audit_events';
const row = (knex: Knex, sequence: number) =>
  knex(EVENTS).where({ organization_id: 'parcel', sequence });

describe.each(databases.ids)(
  'verifyAuditChain on %s (security rule 28)',
  id => {
    let knex: Knex;
    let store: DatabaseAuditStore;
    const verify = () => verifyAuditChain(store, 'parcel');

    beforeEach(async () => {
      knex = await databases.initMigrated(id);
      store = new DatabaseAuditStore(knex);
      for (const number of [1, 2, 3, 4]) {
        await knex.transaction(transaction =>
          new DatabaseAuditStore(transaction).append({
            organizationId: 'parcel',
            kind: 'request.filed',
            actor: 'user:default/ana',
            requestId: `request-${number}`,
            data: { number },
          }),
        );
      }
    });

    it('finds nothing wrong with what was only appended', async () => {
      expect(await verify()).toMatchObject({
        verdict: 'consistent',
        rows: 4,
        head: { sequence: 4 },
        brokenAt: null,
      });
      expect(await verifyAuditChain(store, 'other')).toMatchObject({
        verdict: 'consistent',
        rows: 0,
        head: null,
      });
    });

    it('finds a changed row', async () => {
      const { canonical } = await row(knex, 2).first();
      await row(knex, 2).update({
        canonical: canonical.replace('user:default/ana', 'user:default/uma'),
      });
      expect(await verify()).toMatchObject({ verdict: 'broken', brokenAt: 2 });
    });

    it('finds a changed row whose own hash was made anew', async () => {
      const stored = await row(knex, 2).first();
      const event = {
        ...JSON.parse(stored.canonical),
        actor: 'user:default/uma',
      };
      const canonical = canonicalAuditText(event);
      await row(knex, 2).update({
        canonical,
        actor: event.actor,
        hash: auditHash(stored.previous_hash, canonical),
      });
      expect(await verify()).toMatchObject({ verdict: 'broken', brokenAt: 3 });
    });

    it('finds a removed row', async () => {
      await row(knex, 3).delete();
      expect(await verify()).toMatchObject({ verdict: 'broken', brokenAt: 3 });
    });

    it('finds a cut tail by the recorded head', async () => {
      await row(knex, 4).delete();
      expect(await verify()).toMatchObject({ verdict: 'broken', brokenAt: 4 });
    });

    it('finds a tail that was cut off together with its head by a head that is known', async () => {
      const known = (await store.head('parcel'))!;
      expect(await verifyAuditChain(store, 'parcel', known)).toMatchObject({
        verdict: 'consistent',
      });
      await row(knex, 4).delete();
      const { hash } = await row(knex, 3).first();
      await knex('aws_access_audit_heads')
        .where({ organization_id: 'parcel' })
        .update({ sequence: 3, hash });

      expect(await verify()).toMatchObject({ verdict: 'consistent' });
      expect(await verifyAuditChain(store, 'parcel', known)).toMatchObject({
        verdict: 'broken',
        brokenAt: 4,
      });
    });

    it('finds a history that was written anew by a head that is known', async () => {
      const known = { sequence: 2, hash: (await row(knex, 1).first()).hash };
      expect(await verifyAuditChain(store, 'parcel', known)).toMatchObject({
        verdict: 'broken',
        brokenAt: 2,
        reason: 'The row is not the known head',
      });
    });

    it.each(['kind', 'actor', 'request_id', 'at'])(
      'finds a row that %s hides from searches',
      async column => {
        await row(knex, 2).update({ [column]: 'other' });
        expect(await verify()).toMatchObject({
          verdict: 'broken',
          brokenAt: 2,
        });
      },
    );

    it('finds two rows that changed places', async () => {
      await row(knex, 2).update({ sequence: 99 });
      await row(knex, 3).update({ sequence: 2 });
      await row(knex, 99).update({ sequence: 3 });
      expect(await verify()).toMatchObject({ verdict: 'broken', brokenAt: 2 });
    });

    it('finds a row that was put in', async () => {
      const stored = await row(knex, 4).first();
      await knex(EVENTS).insert({ ...stored, sequence: 5 });
      expect(await verify()).toMatchObject({ verdict: 'broken', brokenAt: 5 });
    });
  },
);
