import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  awsAccessRequestDecidePermission,
  awsAccessRequestReadPermission,
} from 'backstage-plugin-aws-access-common';
import {
  awsAccessRequestConditions as conditions,
  createAwsAccessRequestConditionalDecision,
} from 'backstage-plugin-aws-access-node';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

type Criteria = Parameters<typeof createAwsAccessRequestConditionalDecision>[1];

describe.each(databases.ids)('conditions of the portal on %s', id => {
  let world: RequestWorld | undefined;
  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });

  /** Which of Ana's two requests, for data-prod and payments-prod, the caller sees. */
  async function seen(criteria: Criteria, caller: string) {
    world = await RequestWorld.start(await databases.initMigrated(id), {
      awsAccess: { roles: { auditor: ['user:default/uma'] } },
      conditions: {
        [awsAccessRequestReadPermission.name]:
          createAwsAccessRequestConditionalDecision(
            awsAccessRequestReadPermission,
            criteria,
          ),
      },
    });
    const filed = [
      await fileUnseen(world, example.dataProd, 'ana'),
      await fileUnseen(world, example.paymentsProd, 'ben'),
    ];
    const { body } = await world.get('/requests', caller).expect(200);
    const listed = body.items.map((item: { id: string }) => item.id);
    const answers = [];
    for (const [index, requestId] of filed.entries()) {
      const { status } = await world.get(`/requests/${requestId}`, caller);
      // A list and a single read never disagree.
      expect(status).toBe(listed.includes(requestId) ? 200 : 404);
      if (status === 200) answers.push(['data', 'payments'][index]);
    }
    return answers;
  }

  /** The filer may not be let to read what they filed. */
  async function fileUnseen(
    portal: RequestWorld,
    accountId: string,
    person: string,
  ) {
    await portal.file('ana', {
      accountIds: [accountId],
      people: [`user:default/${person}`],
    });
    const [newest] = await portal.stores.requests.list({ limit: 1 });
    return newest.id;
  }

  const user = (name: string) => ({ userRef: `user:default/${name}` });

  it.each<[string, () => Criteria, string, string[]]>([
    [
      'IS_REQUESTER',
      () => conditions.isRequester(user('ana')),
      'uma',
      ['data', 'payments'],
    ],
    [
      'IS_REQUESTER of another',
      () => conditions.isRequester(user('uma')),
      'uma',
      [],
    ],
    [
      'IS_GAINING',
      () => conditions.isGaining(user('ben')),
      'uma',
      ['payments'],
    ],
    ['IS_APPROVER', () => conditions.isApprover(user('otto')), 'uma', ['data']],
    [
      'IS_TEAM_MEMBER',
      () => conditions.isTeamMember({ teamRefs: ['group:default/payments'] }),
      'uma',
      ['data', 'payments'],
    ],
    [
      'ACCOUNT_OWNED_BY',
      () => conditions.accountOwnedBy(user('petra')),
      'uma',
      ['payments'],
    ],
    [
      'TOUCHES_ACCOUNT',
      () => conditions.touchesAccount({ accountIds: [example.dataProd] }),
      'uma',
      ['data'],
    ],
    ['HAS_STATE', () => conditions.hasState({ states: ['active'] }), 'uma', []],
    [
      'not',
      () => ({ not: conditions.isGaining(user('ben')) }),
      'uma',
      ['data'],
    ],
    [
      'any',
      () => ({
        anyOf: [
          conditions.isGaining(user('ben')),
          conditions.isApprover(user('otto')),
        ],
      }),
      'uma',
      ['data', 'payments'],
    ],
    [
      'all',
      () => ({
        allOf: [
          conditions.isRequester(user('ana')),
          { not: conditions.accountOwnedBy(user('petra')) },
        ],
      }),
      'uma',
      ['data'],
    ],
    // Otto may read the one alone, whatever the portal allows (security rule 12).
    [
      'nothing more than the own rules',
      () => conditions.isRequester(user('ana')),
      'otto',
      ['data'],
    ],
  ])(
    '%s narrows lists and reads',
    async (_name, criteria, caller, expected) => {
      expect(await seen(criteria(), caller)).toEqual(expected);
    },
  );

  it('narrows who decides, and answers others who ask', async () => {
    world = await RequestWorld.start(await databases.initMigrated(id), {
      conditions: {
        [awsAccessRequestDecidePermission.name]:
          createAwsAccessRequestConditionalDecision(
            awsAccessRequestDecidePermission,
            {
              not: conditions.touchesAccount({
                accountIds: [example.dataProd],
              }),
            },
          ),
      },
    });
    const filed = await world.file('ana');
    const { body } = await world.decide(filed, 'otto').expect(403);
    expect(body.error.message).toContain('aws-access.request.decide');

    const answer = await world
      .post('/.well-known/backstage/permissions/apply-conditions', 'service', {
        items: Object.entries({
          requester: conditions.isRequester(user('ana')),
          gaining: conditions.isGaining(user('ana')),
          approver: conditions.isApprover(user('otto')),
          owner: conditions.accountOwnedBy(user('otto')),
          team: conditions.isTeamMember({ teamRefs: ['group:default/data'] }),
          account: conditions.touchesAccount({ accountIds: [example.dataDev] }),
          state: conditions.hasState({ states: ['pending'] }),
        }).map(([name, condition]) => ({
          id: name,
          resourceRef: filed.id,
          resourceType: 'aws-access-request',
          conditions: condition,
        })),
      })
      .expect(200);
    expect(
      answer.body.items.map((item: { id: string; result: string }) => [
        item.id,
        item.result === AuthorizeResult.ALLOW,
      ]),
    ).toEqual([
      ['requester', true],
      ['gaining', true],
      ['approver', true],
      ['owner', true],
      ['team', false],
      ['account', false],
      ['state', true],
    ]);
  });
});
