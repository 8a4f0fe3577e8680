import { ServiceUnavailableError } from '@backstage/errors';
import { AwsAccessPolicy } from 'backstage-plugin-aws-access-node';
import { PolicyAtom } from './PolicyAtom';
import { PolicyOutcome } from './PolicyOutcome';
import { tightenOutcome } from './tightenOutcome';

/**
 * Lets the policies that modules have added tighten what the rules say.
 *
 * @throws ServiceUnavailableError when one cannot be asked, or its answer cannot
 *   be read: leaving it out would ask for less
 */
export async function askOwnPolicies(
  policies: AwsAccessPolicy[],
  outcome: PolicyOutcome,
  atoms: PolicyAtom[],
  context: Parameters<AwsAccessPolicy['evaluate']>[0],
  onFailure: (name: string, error: unknown) => void,
): Promise<PolicyOutcome> {
  let tightened = outcome;
  for (const policy of policies) {
    try {
      tightened = tightenOutcome(
        tightened,
        atoms,
        policy.name,
        await policy.evaluate(context),
      );
    } catch (error) {
      // What went wrong inside it is for operators.
      onFailure(policy.name, error);
      throw new ServiceUnavailableError(
        `The policy "${policy.name}" of this portal could not be asked, so nothing is decided. Try again later.`,
      );
    }
  }
  return tightened;
}
