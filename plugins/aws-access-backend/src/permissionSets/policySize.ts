import {
  countPolicyCharacters,
  MOST_INLINE_POLICY_CHARACTERS,
  PolicySize,
} from 'backstage-plugin-aws-access-common';

/** How much of AWS's limit the inline policy takes; white space is free. */
export function policySize(inlinePolicy: string | null): PolicySize {
  return {
    characters: countPolicyCharacters(inlinePolicy ?? ''),
    limit: MOST_INLINE_POLICY_CHARACTERS,
  };
}
