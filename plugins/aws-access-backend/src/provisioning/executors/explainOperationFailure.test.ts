import { explainOperationFailure } from './explainOperationFailure';

describe('explainOperationFailure (security rule 30)', () => {
  it.each([
    [
      'Received a 404 status error: Policy arn:aws:iam::111122225555:policy/Workspace does not exist or is not attachable.',
      'a customer managed policy that the account does not have',
    ],
    [
      'Cannot exceed quota for PoliciesPerRole: 10',
      'more policies than IAM allows',
    ],
    ['Principal 1234 does not exist', 'does not know the group any more'],
    ['Something new', 'a reason that is not known here'],
    [null, 'a reason that is not known here'],
  ])('says what %j means, without its words', (reason, plainWords) => {
    const text = explainOperationFailure('create', reason);
    expect(text).toMatch(/^AWS could not make the assignment: /);
    expect(text).toContain(plainWords);
    expect(text).not.toMatch(/arn:|111122225555|1234|Something new/);
  });

  it('says what could not be done', () => {
    expect(explainOperationFailure('provision', null)).toMatch(
      /^AWS could not bring the permission set to every account that has it: /,
    );
    expect(explainOperationFailure('delete', null)).toMatch(
      /^AWS could not remove the assignment: /,
    );
  });
});
