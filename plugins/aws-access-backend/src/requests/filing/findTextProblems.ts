import { Problem } from 'backstage-plugin-aws-access-common';
import { compilePattern } from '../../policy/compilePattern';
import { TextDemand } from '../../policy/PolicyOutcome';

/** What the rules want to read, and do not. Pure. */
export function findTextProblems(
  input: { justification: string; ticket?: string },
  demands: TextDemand[],
): Problem[] {
  return demands
    .filter(demand => !isMet(demand, input))
    .map(({ field, hint, because }) => ({
      path: field,
      message:
        field === 'ticket' && !input.ticket
          ? `The policy asks for a ticket (${because.join(', ')}).`
          : `The ${field} is not what the policy asks for (${because.join(
              ', ',
            )}).`,
      fix: hint ?? 'Name the ticket that this is about.',
    }));
}

function isMet(
  { field, pattern }: TextDemand,
  input: { justification: string; ticket?: string },
): boolean {
  if (field === 'justification') {
    return (
      pattern === null || compilePattern(pattern).test(input.justification)
    );
  }
  if (!input.ticket) return false;
  return pattern === null || compilePattern(pattern).matches(input.ticket);
}
