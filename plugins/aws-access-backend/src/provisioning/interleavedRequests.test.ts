import fc from 'fast-check';
import { Change } from 'backstage-plugin-aws-access-common';
import { createTestDatabases } from '../testing/databases';
import { InterleavedWorld } from '../testing/InterleavedWorld';
import { accountId, permissionSetArn } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';

jest.setTimeout(180_000);

/** A small world, so that requests meet. */
const PEOPLE = ['ana', 'ben', 'carla'].map(name => `user:default/${name}`);
const SETS = ['LogReader', 'SupportUser'].map(permissionSetArn);
const ACCOUNTS = ['payments-dev', 'payments-staging'].map(accountId);

const people = fc.subarray(PEOPLE, { minLength: 1 });
const accounts = fc
  .subarray(ACCOUNTS, { minLength: 1 })
  .map(accountIds => ({ kind: 'named' as const, accountIds }));
const set = fc.constantFrom(...SETS).map(arn => ({ arn }));
/** Which of the groups that are there. */
const group = fc.nat({ max: 5 });

type Wish = (
  groupId: string,
  count: number,
  describe: InterleavedWorld['describeSet'],
) => Promise<Asked> | Asked;
type Asked = { changes: Change[]; duration: string | null } | 'giveBack';

const on = (groupId: string) => ({ entraGroupId: groupId });
const standing = (...changes: Change[]) => ({ changes, duration: null });
const hours = (...changes: Change[]) => ({ changes, duration: 'PT8H' });

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ people, set, accounts }).map(
    (of): Wish =>
      (_, count) =>
        hours(
          {
            kind: 'accessGroup',
            key: 'access',
            name: `AWS-Interleaved-${count}`,
            members: { kind: 'people', people: of.people },
          },
          {
            kind: 'assignment',
            accessGroup: { change: 'access' },
            permissionSet: of.set,
            accounts: of.accounts,
          },
        ),
  ),
  people.map(
    (joining): Wish =>
      groupId =>
        hours({
          kind: 'membership',
          accessGroup: on(groupId),
          people: joining,
        }),
  ),
  fc.record({ set, accounts }).map(
    (of): Wish =>
      groupId =>
        standing({
          kind: 'assignment',
          accessGroup: on(groupId),
          permissionSet: of.set,
          accounts: of.accounts,
        }),
  ),
  fc.record({ people, set, accounts }).map(
    (of): Wish =>
      () =>
        hours({
          kind: 'elevation',
          people: of.people,
          permissionSet: of.set,
          accounts: of.accounts,
        }),
  ),
  fc.record({ people, accounts }).map(
    (of): Wish =>
      (_, count) =>
        hours(
          {
            kind: 'permissionSet',
            key: 'set',
            document: {
              name: `Interleaved${count}`,
              description: null,
              sessionDuration: 'PT1H',
              relayState: null,
              managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
              customerManagedPolicies: [],
              inlinePolicy: null,
              permissionsBoundary: null,
              tags: {},
            },
          },
          {
            kind: 'accessGroup',
            key: 'access',
            name: `AWS-Interleaved-${count}`,
            members: { kind: 'people', people: of.people },
          },
          {
            kind: 'assignment',
            accessGroup: { change: 'access' },
            permissionSet: { change: 'set' },
            accounts: of.accounts,
          },
        ),
  ),
  people.map(
    (leaving): Wish =>
      groupId =>
        standing({
          kind: 'removeMembership',
          accessGroup: on(groupId),
          people: leaving,
        }),
  ),
  fc.record({ set, accounts }).map(
    (of): Wish =>
      groupId =>
        standing({
          kind: 'removeAssignment',
          accessGroup: on(groupId),
          permissionSet: of.set,
          accounts: of.accounts,
        }),
  ),
  fc.constant<Wish>(groupId =>
    standing({ kind: 'removeAccessGroup', accessGroup: on(groupId) }),
  ),
  fc.record({ set, sessionDuration: fc.constantFrom('PT1H', 'PT2H') }).map(
    (of): Wish =>
      async (_, __, describeSet) => {
        const document = await describeSet(of.set.arn);
        return standing({
          kind: 'permissionSet',
          key: 'set',
          arn: of.set.arn,
          document: {
            ...document,
            sessionDuration: of.sessionDuration,
            managedPolicies: document.managedPolicies.map(({ arn }) => arn),
          },
        });
      },
  ),
  fc.constant<Wish>(() => 'giveBack'),
);

/** Some requests are filed while others are under way, some when all is calm. */
const script = fc.array(fc.record({ wish, group, settles: fc.boolean() }), {
  minLength: 4,
  maxLength: 8,
});

describe('security rule 1: interleaved requests', () => {
  const databases = createTestDatabases();

  it.each(databases.ids)(
    'never make an effect in AWS that no approved plan shows, on %s',
    async databaseId => {
      const numRuns = databaseId === 'SQLITE_3' ? 6 : 2;
      let filed = 0;
      await fc.assert(
        fc.asyncProperty(script, async steps => {
          const sandbox = await ProvisioningWorld.startSandbox();
          const knex = await databases.initMigrated(databaseId);
          const world = new InterleavedWorld(knex, sandbox);
          try {
            await world.start();
            for (const [index, step] of steps.entries()) {
              const groups = await world.listGroupIds();
              const asked = await step.wish(
                groups[step.group % groups.length],
                index,
                arn => world.describeSet(arn),
              );
              if (asked === 'giveBack') {
                const [active] = await world.listActive();
                if (active) await world.world.giveBack(active.id);
              } else if (await world.file(asked.changes, asked.duration)) {
                filed += 1;
              }
              if (step.settles) await world.settle();
            }
            await world.settle();
            expect(await world.findUnapproved()).toEqual([]);
            expect(await world.findMissing()).toEqual([]);
            expect(await world.findLeft()).toEqual([]);
          } finally {
            await world.stop();
            await sandbox.stop();
          }
        }),
        { numRuns, endOnFailure: true },
      );
      // A property about nothing would hold as well.
      expect(filed).toBeGreaterThanOrEqual(numRuns);
    },
  );
});
