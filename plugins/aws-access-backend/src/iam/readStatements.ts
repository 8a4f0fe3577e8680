import { parsePolicy, PolicyStatement } from './parsePolicy';
import { actionPattern } from './ActionPattern';

/**
 * Exclusions and patterns of services' names are rare. Each is compared with
 * 22,000 actions, so a policy of hundreds of them would hold up everybody
 * (security rule 33).
 */
const MOST_WIDE_PATTERNS = 40;

/**
 * Reads the statements of a policy as far as they can be worked out.
 *
 * @throws Error that says in a few words why they cannot
 */
export function readStatements(text: string): PolicyStatement[] {
  const statements = parsePolicy(text);
  const wide = statements.flatMap(({ Action, NotAction }) => [
    ...(NotAction ?? []),
    ...(Action ?? []).filter(
      action => action !== '*' && actionPattern(action).service === null,
    ),
  ]);
  if (wide.length > MOST_WIDE_PATTERNS) {
    throw new Error(
      'too wide to be worked out: it has many exclusions or patterns of services',
    );
  }
  return statements;
}
