import { buildRequestInput } from './buildRequestInput';
import { createErrorLookup } from './fieldErrors';
import { emptyWish, Wish } from './wishes';

const access: Wish = {
  ...emptyWish('1'),
  accounts: { ...emptyWish('1').accounts, accountIds: ['555566667777'] },
  permissionSet: 'arn',
};

describe('createErrorLookup', () => {
  const built = buildRequestInput(
    {
      team: 'group:default/payments',
      wishes: [
        access,
        {
          ...emptyWish('2', 'permissionSet'),
          design: { ...emptyWish('2').design, name: 'Reports' },
        },
        { ...emptyWish('3', 'membership'), accessGroup: 'group' },
      ],
      duration: 'PT8H',
      justification: 'x',
      ticket: '',
    },
    'user:default/ana',
  );

  it.each([
    ['team', 'team', undefined],
    ['duration', 'duration', undefined],
    ['changes.0.members.people.0', 'people', 0],
    ['changes.1.permissionSet.arn', 'permissionSet', 0],
    ['changes.1.accounts.accountIds.0', 'accounts', 0],
    ['changes.2.document.inlinePolicy', 'design.inlinePolicy', 1],
    ['changes.3.accessGroup.entraGroupId', 'accessGroup', 2],
  ] as const)('shows a problem with %s at %s', (path, field, wish) => {
    const errorAt = createErrorLookup(
      [],
      [{ path, message: 'It is wrong.', fix: 'Mend it.' }],
      built,
    );
    expect(errorAt(field, wish)).toBe('It is wrong. Mend it.');
    expect(errorAt('ticket')).toBeUndefined();
  });

  it('makes a sentence of what the schema says, and ignores other places', () => {
    const errorAt = createErrorLookup(
      [
        { path: ['changes', 2, 'document', 'name'], message: 'must be short' },
        { path: ['changes', 9], message: 'must not be' },
      ],
      undefined,
      built,
    );
    expect(errorAt('design.name', 1)).toBe('Must be short.');
  });
});
