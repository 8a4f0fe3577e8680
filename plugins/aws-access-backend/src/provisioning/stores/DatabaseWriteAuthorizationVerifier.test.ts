import { NotAllowedError } from '@backstage/errors';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { CloudWrite, CloudWriteGate } from '../../clouds/CloudWriteGate';
import { addMemberWrite } from '../../clouds/entraWrites';
import { DatabaseStores } from '../../database/DatabaseStores';
import { digestOf } from '../../digest/digestOf';
import { NO_SEALS } from '../../integrity/Seals';
import { endAccess } from '../../leases/endAccess';
import { approveRequest } from '../../testing/approveRequest';
import { createTestDatabases } from '../../testing/databases';
import { planOf } from '../../testing/planOf';
import { beginProvisioning } from '../starting/beginProvisioning';
import { DatabaseWriteAuthorizationVerifier } from './DatabaseWriteAuthorizationVerifier';

const TABLES = [
  'aws_access_write_stops',
  'aws_access_intents',
  'aws_access_steps',
  'aws_access_authorizations',
  'aws_access_requests',
  'aws_access_organizations',
];
const PAST = '2000-01-01T00:00:00.000Z';
const write = addMemberWrite('group-1', 'user-1');

describe('security rule 19: a write needs an authorization for exactly itself, now', () => {
  const databases = createTestDatabases();

  describe.each(databases.ids)('on %s', databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.initMigrated(databaseId);
    });
    afterEach(async () => {
      for (const table of TABLES) await knex(table).delete();
    });

    /** A running grant step that has recorded its intent to add a member. */
    async function intend() {
      const stores = new DatabaseStores(knex, NO_SEALS);
      const plan = planOf({ groupName: 'AWS-Test' });
      const request = await approveRequest(stores, plan);
      const claim = (await stores.organizations.claim('parcel', 'one', 60))!;
      await beginProvisioning(
        {
          stores,
          claim,
          grantSeconds: 3600,
          planner: undefined as never,
          approvals: undefined as never,
        },
        request,
        { plan, plannedAt: await stores.now() },
      );
      const [first] = await stores.provisioning.listSteps(request.id);
      const step = await stores.provisioning.steps.begin(claim, first.id);
      const intentId = randomUUID();
      await stores.provisioning.intents.insert(claim, {
        id: intentId,
        stepId: step.id,
        objectKey: 'membership/group-1/user-1',
        operation: write.operation,
        inputDigest: digestOf(write.input),
        nonce: null,
        before: null,
      });
      const gate = new CloudWriteGate(
        new DatabaseWriteAuthorizationVerifier(knex, NO_SEALS),
      );
      const authorize = (
        changes: { organizationId?: string; epoch?: number } = {},
        other: CloudWrite = write,
      ) =>
        gate.authorize(
          {
            organizationId: 'parcel',
            intentId,
            epoch: claim.epoch,
            ...changes,
          },
          other,
        );
      return { stores, request, claim, step, intentId, gate, authorize };
    }

    it('lets the recorded write through, once', async () => {
      const { gate, authorize } = await intend();
      const seal = await authorize();
      gate.redeem(seal, write);
      expect(() => gate.redeem(seal, write)).toThrow(/Refused to send/);
      const another = await authorize();
      expect(() =>
        gate.redeem(another, addMemberWrite('group-1', 'user-2')),
      ).toThrow(/Refused to send/);
    });

    it.each<
      [string, Parameters<Awaited<ReturnType<typeof intend>>['authorize']>]
    >([
      ['another input', [{}, addMemberWrite('group-1', 'user-2')]],
      ['another operation', [{}, { ...write, operation: 'graph:DELETE /x' }]],
      ['another epoch', [{ epoch: 2 }]],
      ['another organization', [{ organizationId: 'other' }]],
    ])('refuses %s', async (_, args) => {
      const { authorize } = await intend();
      await expect(authorize(...args)).rejects.toThrow(NotAllowedError);
    });

    it.each([
      ['the claim has run out', 'organizations', { claim_until: PAST }],
      ['another worker took over', 'organizations', { claim_epoch: 2 }],
      ['the organization is held', 'organizations', { held_reason: 'so' }],
      ['the grant was revoked', 'authorizations', { revoked_at: PAST }],
      ['the grant has lapsed', 'authorizations', { lapses_at: PAST }],
      ['it is no grant', 'authorizations', { kind: 'removal' }],
      ['the step is not running', 'steps', { state: 'waiting' }],
      ['the step has another epoch', 'steps', { epoch: 2 }],
      ['the intent is concluded', 'intents', { state: 'confirmed' }],
      ['the request is pending', 'requests', { state: 'pending' }],
      ['the request is approved', 'requests', { state: 'approved' }],
      ['the request is active', 'requests', { state: 'active' }],
      ['the request is stuck', 'requests', { state: 'stuck' }],
      ['the request is ending', 'requests', { state: 'ending' }],
      ['the request is ended', 'requests', { state: 'ended' }],
      ['the time of the request is over', 'requests', { ends_at: PAST }],
    ])('refuses when %s', async (_, table, change) => {
      const { authorize } = await intend();
      await authorize();
      await knex(`aws_access_${table}`).update(change);
      await expect(authorize()).rejects.toThrow(NotAllowedError);
    });

    it.each(['grants', 'everything'] as const)(
      'security rule 22: refuses a grant while an operator has stopped %s, until the stop ends',
      async kind => {
        const { stores, authorize } = await intend();
        const stop = { kind, reason: 'so', stoppedBy: 'user:default/opi' };
        await stores.writeStops.stop('other', { ...stop, seconds: 60 });
        await authorize();
        await stores.writeStops.stop('parcel', { ...stop, seconds: 60 });
        await expect(authorize()).rejects.toThrow(NotAllowedError);
        await knex('aws_access_write_stops').update({ until: PAST });
        await authorize();
      },
    );

    it('security rule 22: refuses the grant of a request that was given back', async () => {
      const { stores, request, authorize } = await intend();
      await stores.transaction(async inner =>
        endAccess(inner, {
          request: (await inner.requests.get(request.id))!,
          actorRef: 'user:default/ana',
          kind: 'returned',
          text: 'Given back',
        }),
      );
      await expect(authorize()).rejects.toThrow(NotAllowedError);
    });
  });
});
