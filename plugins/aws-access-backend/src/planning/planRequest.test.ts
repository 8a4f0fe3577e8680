import { Change } from 'backstage-plugin-aws-access-common';
import {
  example,
  exampleChanges,
  exampleFacts,
  examplePins,
} from '../testing/examplePlan';
import { requestTitle } from './words/requestTitle';
import { findProblems } from './problems/findProblems';
import { PlanFacts } from './facts/PlanFacts';
import { planRequest } from './planRequest';

const plan = (
  changes: Change[] = exampleChanges(),
  duration: string | null = 'PT8H',
  facts = exampleFacts(),
) =>
  planRequest(
    { teamRef: 'group:default/payments', duration, changes },
    { ...facts, pins: examplePins },
  );

describe('planRequest', () => {
  it('says what is created, who gains what, and what is worth a look', () => {
    const result = plan();

    expect(
      result.objects.map(({ key, kind, after }) => ({ key, kind, after })),
    ).toEqual([
      {
        key: 'access',
        kind: 'accessGroup',
        after: {
          displayName: 'AWS-payments-ReadOnly',
          description:
            'AWS access of group:default/payments; managed by the developer portal',
          memberIds: [example.entraIds.ana],
        },
      },
      {
        key: 'application/access',
        kind: 'applicationAssignment',
        after: { accessGroup: 'access' },
      },
      {
        key: `assignment/access/${example.dataProd}/${example.readOnly}`,
        kind: 'accountAssignment',
        after: {
          principal: { kind: 'accessGroup', accessGroup: 'access' },
          accountId: example.dataProd,
          permissionSetArn: example.readOnly,
        },
      },
    ]);
    expect(result.gains).toEqual([
      {
        entraUserId: example.entraIds.ana,
        permissionSetArn: example.readOnly,
        documentDigest: result.permissionSets[0].documentDigest,
        accountId: example.dataProd,
        seconds: 28_800,
      },
    ]);
    expect(result.findings.map(finding => finding.id)).toEqual([
      `production/${example.dataProd}`,
      `long-session/${example.readOnly}`,
    ]);
    expect(result.sentences).toEqual([
      'Creates the Entra group AWS-payments-ReadOnly with 1 member: Ana Alves.',
      'Lets the group into AWS through the enterprise application and SCIM.',
      'Gives AWS-payments-ReadOnly ReadOnly (read) in data-prod (555566667777).',
      '1 person gains access to 1 account for 8 hr.',
      'After 8 hr all of it is removed again, and the removal is checked.',
      'Nothing else is changed.',
    ]);
    expect(
      requestTitle(result, {
        entraUserId: example.entraIds.ana,
        displayName: 'Ana Alves',
      }),
    ).toBe(
      'Ana Alves asks for ReadOnly (read) on data-prod (555566667777) for 8 hr',
    );
  });

  it('multiplies people by accounts, each effect once', () => {
    const changes = exampleChanges({
      people: ['user:default/ben', 'user:default/ana', 'user:default/ben'],
      accountIds: [example.dataDev, example.dataProd, example.dataDev],
    });
    const result = plan([...changes, changes[1]], null);

    expect(result.gains).toHaveLength(4);
    expect(result.gains.every(atom => atom.seconds === null)).toBe(true);
    expect(result.objects).toHaveLength(4);
    expect(
      requestTitle(result, { entraUserId: null, displayName: 'Petra Pohl' }),
    ).toBe(
      'Petra Pohl asks for ReadOnly (read) on data-dev (555566669999) and data-prod (555566667777) with no end, for Ana Alves and Ben Brandt',
    );
  });
});

describe('findProblems', () => {
  const problemsOf = (
    changes: Change[],
    change: (facts: PlanFacts) => void = () => {},
  ) => {
    const facts = exampleFacts();
    change(facts);
    return findProblems(
      {
        teamRef: 'group:default/payments',
        requesterRef: 'user:default/ana',
        duration: 'PT8H',
        changes,
      },
      facts,
    );
  };

  it('finds nothing wrong with a good request', () => {
    expect(problemsOf(exampleChanges())).toEqual([]);
  });

  it.each<[string, Change[], (facts: PlanFacts) => void, string, string]>([
    [
      'an unknown account',
      exampleChanges({ accountIds: ['999999999999'] }),
      () => {},
      'changes.1.accounts.accountIds.0',
      'no account 999999999999',
    ],
    [
      'a suspended account',
      exampleChanges(),
      facts => {
        facts.accounts.get(example.dataProd)!.account.state = 'SUSPENDED';
      },
      'changes.1.accounts.accountIds.0',
      'suspended',
    ],
    [
      'the management account',
      exampleChanges({ accountIds: [example.dataProd, example.management] }),
      () => {},
      'changes.1.accounts.accountIds.1',
      'management account',
    ],
    [
      'two claimants of an account',
      exampleChanges(),
      facts => {
        facts.accounts.get(example.dataProd)!.facts.ownersConflict = 'a, b';
      },
      'changes.1.accounts.accountIds.0',
      'who approves',
    ],
    [
      'an unknown permission set',
      exampleChanges({ permissionSet: `${example.readOnly.slice(0, -1)}9` }),
      () => {},
      'changes.1.permissionSet.arn',
      'no permission set',
    ],
    [
      'a protected permission set',
      exampleChanges({ permissionSet: example.breakGlass }),
      () => {},
      'changes.1.permissionSet.arn',
      'protected',
    ],
    [
      'an unknown person',
      exampleChanges({ people: ['user:default/nobody'] }),
      () => {},
      'changes.0.members.people.0',
      'no user user:default/nobody',
    ],
    [
      'a person without an Entra id',
      exampleChanges({ people: ['user:default/ana', 'user:default/ben'] }),
      facts => {
        facts.people.get('user:default/ben')!.entraUserId = null;
      },
      'changes.0.members.people.1',
      'not mapped to one person',
    ],
    [
      'a person whom Entra does not know',
      exampleChanges(),
      facts => facts.entraUsers.delete(example.entraIds.ana),
      'changes.0.members.people.0',
      'Entra ID has no user',
    ],
    [
      'a person who is disabled in Entra',
      exampleChanges(),
      facts => {
        facts.entraUsers.get(example.entraIds.ana)!.accountEnabled = false;
      },
      'changes.0.members.people.0',
      'disabled',
    ],
    [
      'a person of another team',
      exampleChanges({ people: ['user:default/uma'] }),
      () => {},
      'changes.0.members.people.0',
      'not in the team Payments',
    ],
    [
      'an unknown team',
      exampleChanges(),
      facts => {
        facts.team = undefined;
      },
      'team',
      'no group group:default/payments',
    ],
    [
      'a requester of another team',
      exampleChanges(),
      facts => {
        facts.requester = { ...facts.requester!, teams: [] };
      },
      'team',
      'You are not in the team',
    ],
    [
      'a taken name',
      exampleChanges({ name: 'AWS-Admins' }),
      facts => {
        facts.groupNames.get('access')!.isTaken = true;
      },
      'changes.0.name',
      'SCIM would merge',
    ],
    [
      'a group that gives nothing, beside one that does',
      [
        {
          kind: 'accessGroup' as const,
          key: 'forgotten',
          members: { kind: 'people' as const, people: [] },
        },
        ...exampleChanges(),
      ],
      () => {},
      'changes.0',
      'would give nothing',
    ],
    [
      'an inventory that was never read',
      exampleChanges(),
      facts => {
        facts.unusableBecause = 'The inventory has not been read yet.';
      },
      'organizationId',
      'not been read',
    ],
    [
      'an organization that was never reached',
      exampleChanges(),
      facts => {
        facts.pins = null;
      },
      'organizationId',
      'not been reached',
    ],
    [
      // Rule 6: under which other identities must they not decide?
      'a requester whom nobody can tell from others',
      exampleChanges({ people: ['user:default/ben'] }),
      facts => {
        facts.requester = { ...facts.requester!, entraUserId: null };
      },
      'team',
      'You (user:default/ana) are not mapped to one person',
    ],
  ])('names field and fix for %s', (_what, changes, change, path, message) => {
    expect(problemsOf(changes, change)).toEqual([
      {
        path,
        message: expect.stringContaining(message),
        fix: expect.stringMatching(/\.$/),
      },
    ]);
  });

  it('lets a group be asked for by itself', () => {
    expect(problemsOf(exampleChanges().slice(0, 1), () => {})).toEqual([]);
  });

  it('lets a lead ask for members without being one', () => {
    expect(
      findProblems(
        {
          teamRef: 'group:default/payments',
          requesterRef: 'user:default/petra',
          duration: 'PT8H',
          changes: exampleChanges(),
        },
        {
          ...exampleFacts(),
          requester: {
            entityRef: 'user:default/petra',
            displayName: 'Petra Pohl',
            entraUserId: example.entraIds.petra,
            teams: [],
          },
        },
      ),
    ).toEqual([]);
  });
});
