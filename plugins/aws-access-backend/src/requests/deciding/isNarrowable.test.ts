import { Plan } from 'backstage-plugin-aws-access-common';
import { isNarrowable } from './isNarrowable';
import { Wishes } from './narrowWishes';

const seen = {
  accounts: [{ id: '111122223333' }, { id: '555566667777' }],
  people: [
    { entityRef: 'user:default/ana', entraUserId: 'ana' },
    { entityRef: 'user:default/ben', entraUserId: 'ben' },
  ],
  objects: [],
} as unknown as Plan;

const joining = (...people: string[]): Wishes['changes'][number] => ({
  kind: 'membership',
  accessGroup: { entraGroupId: '0c6d1a52-95d8-4f0f-8c4e-2f8f4f3f6a01' },
  people: people.map(name => `user:default/${name}`),
});
const removal: Wishes['changes'][number] = {
  kind: 'removeAccessGroup',
  accessGroup: { entraGroupId: '0c6d1a52-95d8-4f0f-8c4e-2f8f4f3f6a01' },
} as never;

describe('what can be narrowed', () => {
  it.each([
    ['time', { duration: 'PT1H', changes: [removal] }, true],
    ['one of two people', { changes: [joining('ana', 'ben')] }, true],
    ['one of two changes', { changes: [joining('ana'), removal] }, true],
    ['not the only person', { changes: [joining('ana')] }, false],
    ['not a removal', { changes: [removal] }, false],
  ] as Array<[string, Partial<Wishes>, boolean]>)(
    '%s',
    (_what, wishes, expected) => {
      const asked = { duration: null, changes: [], ...wishes };
      expect(isNarrowable(asked, seen)).toBe(expected);
    },
  );
});
