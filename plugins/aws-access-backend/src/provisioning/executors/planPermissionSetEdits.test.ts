import fc from 'fast-check';
import {
  PermissionSetDocument,
  PermissionSetEdit,
} from '../../clouds/AwsCloud';
import { applyPermissionSetEdit } from './applyPermissionSetEdit';
import {
  newPermissionSet,
  planPermissionSetEdits,
  remainingPermissionSetEdits,
} from './planPermissionSetEdits';
import { samePermissionSet } from './samePermissionSet';

/** What a policy says, of six actions that there are. */
interface Meaning {
  allow: number[];
  deny: number[];
}
const ACTIONS = [0, 1, 2, 3, 4, 5];

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);
const managedArn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
/** AWS's policies allow; a bitmask names what. */
const MANAGED = ['3', '12', '48', '21'].map(mask => managedArn(`Allow${mask}`));
const CUSTOMER = ['1-2', '6-1', '60-3'].map(masks => ({
  name: `Policy${masks}`,
  path: '/parcel/',
}));
const bits = (mask: number) => ACTIONS.filter(action => mask & (1 << action));

function meaningOf(name: string): Meaning {
  if (name === 'AWSDenyAll') return { allow: [], deny: ACTIONS };
  const [allow, deny = 0] = name.match(/\d+/g)!.map(Number);
  return { allow: bits(allow), deny: bits(deny) };
}

function inlineMeaning(text: string | null): Meaning {
  if (text === null) return { allow: [], deny: [] };
  const statements: Array<{ Effect: string; Action: number[] }> =
    JSON.parse(text).Statement;
  const of = (effect: string) =>
    statements.filter(one => one.Effect === effect).flatMap(one => one.Action);
  return { allow: of('Allow'), deny: of('Deny') };
}

/** IAM's own evaluation: allowed, not denied, and within the boundary. */
function grants(set: PermissionSetDocument): number[] {
  const boundary = set.permissionsBoundary;
  const meanings = [
    ...set.managedPolicies.map(({ arn }) => meaningOf(lastPart(arn))),
    ...set.customerManagedPolicies.map(({ name }) => meaningOf(name)),
    inlineMeaning(set.inlinePolicy),
  ];
  const within = boundary
    ? meaningOf(
        'managedPolicyArn' in boundary
          ? lastPart(boundary.managedPolicyArn)
          : boundary.customerManagedPolicy.name,
      )
    : { allow: ACTIONS, deny: [] };
  const denied = [...meanings, within].flatMap(({ deny }) => deny);
  return ACTIONS.filter(
    action =>
      meanings.some(({ allow }) => allow.includes(action)) &&
      within.allow.includes(action) &&
      !denied.includes(action),
  );
}

function grantsNoMore(
  set: PermissionSetDocument,
  than: PermissionSetDocument,
): boolean {
  return grants(set).every(action => grants(than).includes(action));
}

const inlinePolicy = fc
  .array(
    fc.record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1 }),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map(Statement => JSON.stringify({ Version: '2012-10-17', Statement }));

const document: fc.Arbitrary<PermissionSetDocument> = fc.record({
  name: fc.constant('Workspace'),
  description: fc.constantFrom(null, 'For analysts'),
  sessionDuration: fc.constantFrom('PT1H', 'PT60M', 'PT4H'),
  relayState: fc.constantFrom(null, 'https://console.aws.amazon.com/s3'),
  managedPolicies: fc
    .subarray([...MANAGED, managedArn('AWSDenyAll')])
    .map(arns => arns.map(arn => ({ arn, name: lastPart(arn) }))),
  customerManagedPolicies: fc.subarray(CUSTOMER),
  inlinePolicy: fc.option(inlinePolicy),
  permissionsBoundary: fc.option(
    fc.oneof(
      fc.constantFrom(...MANAGED).map(managedPolicyArn => ({
        managedPolicyArn,
      })),
      fc.constantFrom(...CUSTOMER).map(customerManagedPolicy => ({
        customerManagedPolicy,
      })),
    ),
  ),
  tags: fc.dictionary(
    fc.constantFrom('team', 'cost'),
    fc.constantFrom('a', 'b'),
  ),
});

function statesOf(
  before: PermissionSetDocument,
  edits: PermissionSetEdit[],
): PermissionSetDocument[] {
  const states = [before];
  for (const edit of edits) {
    states.push(applyPermissionSetEdit(states[states.length - 1], edit));
  }
  return states;
}

const set = (parts: Partial<PermissionSetDocument>): PermissionSetDocument => ({
  name: 'Workspace',
  description: null,
  sessionDuration: 'PT1H',
  relayState: null,
  managedPolicies: [],
  customerManagedPolicies: [],
  inlinePolicy: null,
  permissionsBoundary: null,
  tags: {},
  ...parts,
});
const managed = (...names: string[]) =>
  names.map(name => ({ arn: managedArn(name), name }));
const boundary = (name: string) => ({ managedPolicyArn: managedArn(name) });

describe('planPermissionSetEdits', () => {
  it('security rule 4: leads from any set to any other, and on the way never grants more than one of the two', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const states = statesOf(before, planPermissionSetEdits(before, after));
        expect(samePermissionSet(states[states.length - 1], after)).toBe(true);
        for (const state of states) {
          const narrow =
            grantsNoMore(state, before) || grantsNoMore(state, after);
          expect(narrow).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('makes a new set', () => {
    fc.assert(
      fc.property(document, after => {
        const states = statesOf(
          newPermissionSet(after),
          planPermissionSetEdits(null, after),
        );
        expect(samePermissionSet(states[states.length - 1], after)).toBe(true);
      }),
    );
  });

  it('finds the rest of the way from wherever it was left, and no way from elsewhere', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const edits = planPermissionSetEdits(before, after);
        for (const current of statesOf(before, edits)) {
          const rest = remainingPermissionSetEdits({ before, edits }, current);
          const [end] = statesOf(current, rest!).slice(-1);
          expect(samePermissionSet(end, after)).toBe(true);
        }
        const elsewhere = { ...before, tags: { somebody: 'else' } };
        expect(
          remainingPermissionSetEdits({ before, edits }, elsewhere),
        ).toBeUndefined();
      }),
    );
  });

  it('has nothing to do where only the layout differs', () => {
    expect(
      planPermissionSetEdits(
        set({
          description: '',
          sessionDuration: 'PT60M',
          inlinePolicy: '{"Version":"2012-10-17","Statement":[]}',
          managedPolicies: managed('A', 'B'),
        }),
        set({
          inlinePolicy: '{ "Statement": [], "Version": "2012-10-17" }',
          managedPolicies: managed('B', 'A'),
        }),
      ),
    ).toEqual([]);
  });

  it("denies everything by AWS's policy of the set's own partition", () => {
    const inline = (effect: string) => `{"Statement":{"Effect":"${effect}"}}`;
    const [first] = planPermissionSetEdits(
      set({
        inlinePolicy: inline('Allow'),
        permissionsBoundary: boundary('Limit'),
      }),
      set({
        inlinePolicy: inline('Deny'),
        permissionsBoundary: boundary('Other'),
      }),
      'aws-cn',
    );
    expect(first).toEqual({
      kind: 'putPermissionsBoundary',
      boundary: { managedPolicyArn: 'arn:aws-cn:iam::aws:policy/AWSDenyAll' },
    });
  });

  it.each([
    [
      'detaches before it attaches, and shortens sessions first',
      set({ managedPolicies: managed('Old'), sessionDuration: 'PT4H' }),
      set({ managedPolicies: managed('New') }),
      ['attributes', 'detachManagedPolicy', 'attachManagedPolicy'],
    ],
    [
      'puts a boundary before it attaches',
      set({}),
      set({
        managedPolicies: managed('New'),
        permissionsBoundary: boundary('Limit'),
      }),
      ['putPermissionsBoundary', 'attachManagedPolicy'],
    ],
    [
      'replaces a boundary after it detaches and before it attaches',
      set({
        managedPolicies: managed('Old'),
        permissionsBoundary: boundary('Limit'),
      }),
      set({
        managedPolicies: managed('New'),
        permissionsBoundary: boundary('Other'),
      }),
      ['detachManagedPolicy', 'putPermissionsBoundary', 'attachManagedPolicy'],
    ],
    [
      'removes a boundary last, and lengthens sessions late',
      set({
        managedPolicies: managed('Old'),
        permissionsBoundary: boundary('Limit'),
      }),
      set({ sessionDuration: 'PT2H' }),
      ['detachManagedPolicy', 'attributes', 'deletePermissionsBoundary'],
    ],
    [
      'lets a set grant nothing while its boundary and its inline policy are both replaced',
      set({
        inlinePolicy: '{"Statement":{"Effect":"Allow"}}',
        permissionsBoundary: boundary('Limit'),
      }),
      set({
        inlinePolicy: '{"Statement":{"Effect":"Deny"}}',
        permissionsBoundary: boundary('Other'),
      }),
      ['putPermissionsBoundary', 'putInlinePolicy', 'putPermissionsBoundary'],
    ],
  ])('%s', (_what, before, after, kinds) => {
    const edits = planPermissionSetEdits(before, after);
    expect(edits.map(({ kind }) => kind)).toEqual(kinds);
  });
});
