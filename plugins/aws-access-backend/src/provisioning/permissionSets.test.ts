import { newPermissionSetArn, Plan } from 'backstage-plugin-aws-access-common';
import { RunningSandbox } from 'backstage-plugin-aws-access-sandbox';
import { PermissionSetDocument, PermissionSetEdit } from '../clouds/AwsCloud';
import {
  createPermissionSetWrite,
  editPermissionSetWrite,
} from '../clouds/awsWrites';
import { collectPages } from '../clouds/collectPages';
import { unlessMissing } from '../clouds/unlessMissing';
import { CrashPoint } from '../testing/CrashPoint';
import { createTestDatabases } from '../testing/databases';
import { emptyPlan, planObject, planOf } from '../testing/planOf';
import { ProvisioningWorld } from '../testing/ProvisioningWorld';
import { samePermissionSet } from './executors/samePermissionSet';
import { retryStuckRequest } from './running/retryStuckRequest';

jest.setTimeout(120_000);

const managed = (name: string) => ({
  arn: `arn:aws:iam::aws:policy/${name}`,
  name,
});
const inline = (effect: string, action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: action, Resource: '*' }],
  });

function documentOf(
  name: string,
  parts: Partial<PermissionSetDocument> = {},
): PermissionSetDocument {
  return {
    name,
    description: 'For analysts',
    sessionDuration: 'PT2H',
    relayState: null,
    managedPolicies: [managed('ReadOnlyAccess')],
    customerManagedPolicies: [],
    inlinePolicy: inline('Allow', 's3:PutObject'),
    permissionsBoundary: { managedPolicyArn: managed('PowerUserAccess').arn },
    tags: { team: 'payments' },
    ...parts,
  };
}

/** Another document, with edits of every kind in between. */
function changed(name: string): PermissionSetDocument {
  return documentOf(name, {
    description: 'For analysts and their guests',
    sessionDuration: 'PT4H',
    managedPolicies: [managed('SecurityAudit')],
    inlinePolicy: inline('Deny', 's3:DeleteObject'),
    permissionsBoundary: { managedPolicyArn: managed('ReadOnlyAccess').arn },
    tags: { cost: '42' },
  });
}

/** A new group with a new permission set in accounts. */
function newSetPlan(
  document: PermissionSetDocument,
  parts: { accounts?: string[]; duration?: string | null } = {},
): Plan {
  const plan = planOf({ groupName: `AWS-Test-${document.name}`, ...parts });
  return {
    ...plan,
    permissionSets: [],
    objects: [
      planObject('permissionSet', 'create', document, { key: 'set' }),
      ...plan.objects.map(object =>
        object.kind === 'accountAssignment'
          ? {
              ...object,
              after: {
                ...(object.after as object),
                permissionSetArn: newPermissionSetArn('set'),
              },
            }
          : object,
      ),
    ],
  };
}

function changeSetPlan(
  arn: string,
  before: PermissionSetDocument,
  after: PermissionSetDocument,
): Plan {
  return {
    ...emptyPlan({}),
    objects: [
      planObject('permissionSet', 'change', after, {
        key: 'set',
        id: arn,
        before,
      }),
    ],
  };
}

function removeSetPlan(arn: string, document: PermissionSetDocument): Plan {
  return {
    ...emptyPlan({}),
    objects: [
      planObject('permissionSet', 'remove', document, { key: 'set', id: arn }),
    ],
  };
}

describe('permission sets', () => {
  const databases = createTestDatabases();
  let sandbox: RunningSandbox;
  let world: ProvisioningWorld;
  let count = 0;

  const uniqueName = () => `TestSet${(count += 1)}`;
  const open = async (id: (typeof databases.ids)[number]) => {
    // Entra takes five calls on demand in ten seconds of its own time.
    sandbox.clock.advance(10_000);
    world = new ProvisioningWorld(await databases.initMigrated(id), sandbox);
  };
  const findSets = async (name: string) => {
    const { aws } = world.clouds;
    const found = [];
    for (const arn of await collectPages(aws.listPermissionSetArns())) {
      const document = await unlessMissing(() =>
        aws.describePermissionSet(arn),
      );
      if (document?.name === name) found.push({ arn, document });
    }
    return found;
  };
  const findSet = async (name: string) => {
    const [found, ...others] = await findSets(name);
    expect(others).toEqual([]);
    return found;
  };
  const edit = (arn: string, one: PermissionSetEdit) =>
    world.outside(editPermissionSetWrite(arn, one), (clouds, seal) =>
      clouds.aws.editPermissionSet(seal, arn, one),
    );
  const stepOf = async (requestId: string, kind: string) =>
    (await world.stores.provisioning.listSteps(requestId)).find(
      step => step.kind === kind,
    )!;
  /** An approved set, made and assigned in two accounts. */
  const make = async (document: PermissionSetDocument) => {
    const request = await world.approvePlan(
      newSetPlan(document, { accounts: ['payments-dev', 'payments-staging'] }),
    );
    await world.untilState(request.id, 'active');
    return { request, ...(await findSet(document.name))! };
  };

  beforeAll(async () => {
    sandbox = await ProvisioningWorld.startSandbox();
  });
  afterEach(() => world.stop());
  afterAll(() => sandbox.stop());

  describe.each(databases.ids)('on %s', databaseId => {
    it('makes a set with everything it carries, assigns it, and deletes it when its time is over', async () => {
      await open(databaseId);
      const document = documentOf(uniqueName());
      world.engine().start();
      const { request, ...made } = await make(document);
      expect(samePermissionSet(made.document, document)).toBe(true);
      expect(await world.clouds.aws.getPermissionSetMarks(made.arn)).toEqual({
        installation: await world.stores.installation.getId(),
        stepId: (await stepOf(request.id, 'ensurePermissionSet')).id,
      });

      await world.passEnd(request.id);
      await world.untilState(request.id, 'ended');
      expect(await findSet(document.name)).toBeUndefined();
    });

    it('security rule 4: changes a set for everybody who has it, and brings it to every account', async () => {
      await open(databaseId);
      const name = uniqueName();
      world.engine().start();
      const { arn, document } = await make(documentOf(name));
      const request = await world.approvePlan(
        changeSetPlan(arn, document, changed(name)),
      );
      // Nothing of it is to be taken back, so it is done.
      await world.untilState(request.id, 'ended');
      const now = (await findSet(name))!;
      expect(now.arn).toBe(arn);
      expect(samePermissionSet(now.document, changed(name))).toBe(true);
      expect(
        await collectPages(world.clouds.aws.listAccountIdsOutOfDate(arn)),
      ).toEqual([]);
      expect((await stepOf(request.id, 'provisionPermissionSet')).detail).toBe(
        'Up to date in 2 accounts',
      );
    });

    it("security rule 20: takes nobody else's set for its own", async () => {
      await open(databaseId);
      const document = documentOf(uniqueName(), { managedPolicies: [] });
      const marks = { installation: 'another', stepId: 'portal' };
      const arn = await world.outside(
        createPermissionSetWrite(document, marks),
        (clouds, seal) => clouds.aws.createPermissionSet(seal, document, marks),
      );
      const request = await world.approvePlan(newSetPlan(document));
      world.engine().start();
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toBe(
        `There is a permission set named ${document.name} already (${arn}), and this request did not make it. Ask for another name, or have that one removed, then try again.`,
      );
      await world.giveBack(request.id);
      await world.untilState(request.id, 'ended');
      expect((await findSet(document.name))!.arn).toBe(arn);
    });

    it('writes nothing over a change that somebody made since the approval', async () => {
      await open(databaseId);
      const name = uniqueName();
      world.engine().start();
      const { arn, document } = await make(documentOf(name));
      await edit(arn, { kind: 'deletePermissionsBoundary' });
      const request = await world.approvePlan(
        changeSetPlan(arn, document, changed(name)),
      );
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toMatch(/was changed since the approval/);
      expect((await findSet(name))!.document).toEqual({
        ...document,
        permissionsBoundary: null,
      });
    });

    it('security rule 30: says why AWS cannot bring a set to its accounts, and goes on when it is retried', async () => {
      await open(databaseId);
      const name = uniqueName();
      world.engine().start();
      const { arn, document } = await make(documentOf(name));
      const policy = { name: `Nowhere-${name}`, path: '/parcel/' };
      const request = await world.approvePlan(
        changeSetPlan(arn, document, {
          ...document,
          customerManagedPolicies: [policy],
        }),
      );
      const stuck = await world.untilState(request.id, 'stuck');
      expect(stuck.stateReason).toMatch(
        /^AWS could not bring the permission set to every account that has it: .*customer managed policy that the account does not have/,
      );
      const accounts = await collectPages(
        world.clouds.aws.listAccountIdsWithPermissionSet(arn),
      );
      for (const account of accounts) {
        sandbox.store.run(
          'INSERT INTO aws_account_customer_policies (account_id, name, path) VALUES (?, ?, ?)',
          [account, policy.name, policy.path],
        );
      }
      await world.stores.transaction(async stores =>
        retryStuckRequest(stores, {
          request: (await stores.requests.get(request.id))!,
          actorRef: 'user:default/ida',
        }),
      );
      await world.untilState(request.id, 'ended');
    });

    it('deletes an own set when nobody has it any more, and no other one', async () => {
      await open(databaseId);
      const name = uniqueName();
      world.engine().start();
      const { request: first, arn, document } = await make(documentOf(name));
      const request = await world.approvePlan(removeSetPlan(arn, document));
      const step = await world.until(async () => {
        const one = await stepOf(request.id, 'removePermissionSet');
        return one?.state === 'waiting' && one;
      }, 'the deletion to wait');
      expect(step.detail).toMatch(
        /cannot be deleted yet: it is still assigned/,
      );
      await world.giveBack(first.id);
      await world.untilState(request.id, 'ended');
      expect(await findSet(name)).toBeUndefined();

      const foreign = documentOf(uniqueName());
      const marks = { installation: 'another', stepId: 'portal' };
      const foreignArn = await world.outside(
        createPermissionSetWrite(foreign, marks),
        (clouds, seal) => clouds.aws.createPermissionSet(seal, foreign, marks),
      );
      const refused = await world.approvePlan(
        removeSetPlan(foreignArn, foreign),
      );
      const stuck = await world.untilState(refused.id, 'stuck');
      expect(stuck.stateReason).toMatch(/was not made by this product/);
      expect((await findSet(foreign.name))!.arn).toBe(foreignArn);
    });
  });

  describe('security rule 20: a worker that dies is continued by the next one', () => {
    it.each([
      { at: 'cloudWrite', side: 'before' },
      { at: 'cloudWrite', side: 'after' },
      { at: 'commit', side: 'before' },
      { at: 'commit', side: 'after' },
    ] as const)('$side each $at', async ({ at, side }) => {
      await open('SQLITE_3');
      let n = 0;
      let died = true;
      while (died) {
        n += 1;
        const name = uniqueName();
        const at1 = new CrashPoint({ at, side, n });
        const at2 = new CrashPoint({ at, side, n });
        const at3 = new CrashPoint({ at, side, n });
        const before = documentOf(name, { inlinePolicy: null, tags: {} });
        const creation = await world.approvePlan({
          ...emptyPlan({}),
          duration: 'PT8H',
          objects: [
            planObject('permissionSet', 'create', before, { key: 'set' }),
          ],
        });
        await world.dieAndContinue(at1, creation.id, 'active');
        const made = (await findSet(name))!;
        expect(samePermissionSet(made.document, before)).toBe(true);

        const after = {
          ...before,
          managedPolicies: [managed('SecurityAudit')],
          sessionDuration: 'PT1H',
        };
        const change = await world.approvePlan(
          changeSetPlan(made.arn, made.document, after),
        );
        await world.dieAndContinue(at2, change.id, 'ended');
        const now = (await findSet(name))!;
        expect(samePermissionSet(now.document, after)).toBe(true);

        await world.giveBack(creation.id);
        await world.dieAndContinue(at3, creation.id, 'ended');
        expect(await findSet(name)).toBeUndefined();
        died = [at1, at2, at3].some(({ reached }) => reached);
      }
      // A creation, its edits, a change and a deletion are more writes than that.
      expect(n).toBeGreaterThan(3);
    });
  });
});
