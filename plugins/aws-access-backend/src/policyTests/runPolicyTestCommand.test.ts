import { createMockDirectory } from '@backstage/backend-test-utils';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runPolicyTestCommand } from './runPolicyTestCommand';

const examples = path.resolve(__dirname, '../../../../examples/policy-tests');

function run(...files: string[]) {
  const lines: string[] = [];
  const code = runPolicyTestCommand(files, line => lines.push(line));
  return { code, text: lines.join('\n') };
}

describe('aws-access-policy-test', () => {
  const folder = createMockDirectory();
  const test = (then: object, given: object = {}) => {
    folder.setContent({
      'app-config.yaml': JSON.stringify({
        app: { baseUrl: '${NOWHERE}' },
        awsAccess: {
          policy: {
            defaultStage: { name: 'owner', approvers: ['accountOwner'] },
            rules: [
              {
                name: 'harmless',
                match: { findingsUpTo: 'low', environments: ['dev'] },
                autoApprove: true,
              },
              {
                name: 'personal data',
                match: {
                  tags: { data: ['personal'] },
                  organizationalUnits: ['Workloads'],
                },
                require: [
                  { name: 'privacy', approvers: ['group:default/a'], order: 2 },
                ],
                ticket: 'required',
              },
              {
                name: 'robots',
                match: { filedByActor: true },
                deny: 'By hand.',
              },
            ],
          },
        },
      }),
      'test.yaml': JSON.stringify({
        policy: 'app-config.yaml',
        facts: {
          accounts: {
            dev: {
              id: '111122225555',
              environment: 'dev',
              owner: 'user:default/otto',
              organizationalUnits: ['Sandbox'],
            },
            crm: {
              id: '111122226666',
              environment: 'dev',
              owner: 'user:default/otto',
              organizationalUnits: ['Workloads', 'Development'],
              tags: { data: 'personal' },
            },
          },
          permissionSets: { ReadOnly: 'read' },
          people: { ana: { team: 'group:default/payments' } },
        },
        tests: [
          {
            name: 'it',
            given: {
              requester: 'ana',
              accounts: ['dev'],
              permissionSet: 'ReadOnly',
              ...given,
            },
            then,
          },
        ],
      }),
    });
    return run(folder.resolve('test.yaml'));
  };

  it.each(readdirSync(examples).filter(file => file !== 'facts.yaml'))(
    'holds for the example %s',
    file => {
      const { code, text } = run(path.join(examples, file));
      expect(text).toMatch(/\d+ passed, 0 failed$/);
      expect(code).toBe(0);
    },
  );

  it.each<[object, object]>([
    [{ outcome: 'autoApproved', stages: [] }, { findings: 'low' }],
    // A finding that nobody spoke of may be any.
    [{ outcome: 'needsApproval', stages: ['owner'] }, {}],
    [{ outcome: 'denied', denials: ['By hand.'] }, { filedByActor: true }],
    [{ outcome: 'cannotFile' }, { accounts: ['crm'] }],
    [
      { stages: ['owner', { name: 'privacy', order: 2 }], maxDuration: null },
      { accounts: ['crm'], ticket: 'INC-1' },
    ],
  ])('expects %j', (then, given) => {
    expect(test(then, given)).toMatchObject({ code: 0 });
  });

  it('says what is different, and fails', () => {
    const { code, text } = test(
      { outcome: 'denied', stages: ['security'], maxDuration: 'PT1H' },
      { accounts: ['crm'] },
    );
    expect(code).toBe(1);
    expect(text).toContain('FAIL it');
    expect(text).toContain(
      'outcome: expected denied, got cannotFile. The policy asks for a ticket (personal data).',
    );
    expect(text).toContain('stages: nothing asks for {"name":"security"}');
    expect(text).toContain(
      'stages: "privacy" is asked as well (personal data)',
    );
    expect(text).toContain('maxDuration: expected "PT1H", got null');
  });

  it.each<[object, object, string]>([
    [{}, {}, 'tests.0.then: must expect something'],
    [{ outcome: 'fine' }, {}, 'tests.0.then.outcome'],
    [{ outcome: 'denied' }, { accounts: ['prod'] }, "no account 'prod'"],
    [{ outcome: 'denied' }, { requester: 'constructor' }, 'no person'],
  ])('refuses to run %j given %j', (then, given, message) => {
    const { code, text } = test(then, given);
    expect(code).toBe(2);
    expect(text).toContain(message);
  });

  it('says how it is used', () => {
    expect(run()).toEqual({
      code: 2,
      text: 'Usage: aws-access-policy-test <file.yaml> ...',
    });
  });
});
