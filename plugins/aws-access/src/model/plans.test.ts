import fc from 'fast-check';
import { Atom, isLasting } from 'backstage-plugin-aws-access-common';
import { planOfEveryKind } from '../testing/fixtures';
import { groupAtoms, isWhole } from './groupAtoms';
import {
  comparePermissionSets,
  layOutPolicy,
  readPermissionSet,
} from './permissionSetDifference';
import { groupByAction } from './planObjects';

const atoms: fc.Arbitrary<Atom> = fc.record({
  entraUserId: fc.constantFrom('ana', 'ben', 'lena'),
  permissionSetArn: fc.constantFrom('power', 'read'),
  documentDigest: fc.constantFrom('before', 'after'),
  accountId: fc.constantFrom('1', '2', '3'),
  seconds: fc.constantFrom(null, 3600),
});

describe('groupAtoms', () => {
  it('says exactly the effects it was given, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(atoms, { maxLength: 60 }), given => {
        const said = groupAtoms(given).flatMap(group =>
          group.entraUserIds.flatMap(entraUserId =>
            group.accountIds.map(accountId =>
              JSON.stringify([
                entraUserId,
                group.permissionSetArn,
                group.documentDigest,
                accountId,
                group.seconds,
              ]),
            ),
          ),
        );
        const meant = given.map(atom =>
          JSON.stringify([
            atom.entraUserId,
            atom.permissionSetArn,
            atom.documentDigest,
            atom.accountId,
            atom.seconds,
          ]),
        );
        expect(said.sort()).toEqual([...new Set(meant)].sort());
      }),
    );
  });
});

describe('what a plan is to its reader', () => {
  it('security rule 32: is not whole when somebody in it is not named', () => {
    expect(isWhole(planOfEveryKind)).toBe(true);
    expect(isWhole({ ...planOfEveryKind, people: [] })).toBe(false);
    expect(
      isWhole({
        ...planOfEveryKind,
        people: [],
        gains: [],
        losses: [],
        adopts: planOfEveryKind.gains,
      }),
    ).toBe(false);
    expect(isWhole({ ...planOfEveryKind, accounts: [] })).toBe(false);
    expect(isWhole({ ...planOfEveryKind, permissionSets: [] })).toBe(false);
  });

  it('begins with what is taken away', () => {
    expect(
      groupByAction(planOfEveryKind.objects).map(({ action }) => action),
    ).toEqual(['remove', 'change', 'create', 'untouched']);
  });

  it('is done, not ended, when it only takes away or changes', () => {
    const only = (...actions: string[]) =>
      planOfEveryKind.objects.filter(({ action }) => actions.includes(action));
    expect(isLasting(only('remove', 'change', 'untouched'))).toBe(true);
    expect(isLasting(only('remove', 'create'))).toBe(false);
    expect(isLasting(only('untouched'))).toBe(false);
  });
});

describe('comparePermissionSets', () => {
  const { before, after } = planOfEveryKind.objects.find(
    ({ kind }) => kind === 'permissionSet',
  )!;

  it('names the parts that differ, with what leaves and what comes', () => {
    expect(
      comparePermissionSets(
        readPermissionSet(before),
        readPermissionSet(after),
      ),
    ).toEqual([
      { part: 'sessionDuration', removed: ['PT1H'], added: ['PT4H'] },
      {
        part: 'managedPolicies',
        removed: ['arn:aws:iam::aws:policy/PowerUserAccess'],
        added: [],
      },
    ]);
    expect(readPermissionSet({ accountId: '1' })).toBeUndefined();
  });

  // Security rule 32: laying out must not lose what a reader should see.
  it('lays a policy out, but not one that would lose a key by it', () => {
    expect(layOutPolicy('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(layOutPolicy('{"a":1,"a":2}')).toBe('{"a":1,"a":2}');
    expect(layOutPolicy('no JSON')).toBe('no JSON');
    expect(layOutPolicy(null)).toBe('');
  });
});
