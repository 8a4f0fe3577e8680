/**
 * What AWS's reasons mean, by what they say. AWS does not publish its wording, so
 * what is not recognised is called just that.
 */
const CAUSES: ReadonlyArray<{ says: RegExp; plainWords: string }> = [
  {
    says: /polic(y|ies)\b.*(does not exist|do not exist|not found|not attachable)/i,
    plainWords:
      'the permission set refers to a customer managed policy that the account does not have. Create it in the account, then try again.',
  },
  {
    says: /(quota|limit).*polic|polic.*(quota|limit|exceed)/i,
    plainWords:
      'its role in the account would have more policies than IAM allows. Take a policy out of the permission set, then try again.',
  },
  {
    says: /(principal|group|user)\b.*(does not exist|not found)/i,
    plainWords:
      'AWS does not know the group any more. Check that it is still assigned to the enterprise application, then try again.',
  },
];

const UNDERTAKINGS = {
  create: 'make the assignment',
  delete: 'remove the assignment',
  provision: 'bring the permission set to every account that has it',
};

/**
 * Why one of AWS's operations failed, in plain words. AWS's own words
 * are kept beside them, for operators (security rule 30).
 */
export function explainOperationFailure(
  kind: 'create' | 'delete' | 'provision',
  reason: string | null,
): string {
  const cause = CAUSES.find(({ says }) => says.test(reason ?? ''));
  return `AWS could not ${UNDERTAKINGS[kind]}: ${
    cause?.plainWords ??
    'it gave a reason that is not known here. An operator can read it and try again.'
  }`;
}

/** Whether the reason is that something is not there; what it is, is not certain. */
export function saysNotFound(reason: string | null): boolean {
  return /\b404\b|not found|does not exist/i.test(reason ?? '');
}
