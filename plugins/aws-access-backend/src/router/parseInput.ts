import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Parses what came in with the schema of the API.
 *
 * @throws InputError that names every wrong field and what it must be
 */
export function parseInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues
      .flatMap(nearest)
      .map(issue => `${issue.path.join('.') || 'body'}: ${explain(issue)}`)
      .join('; '),
  );
}

/**
 * What is wrong by the choice that the input comes nearest to: the one of which
 * it lacks least.
 */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
    return [issue];
  }
  const missing = (issues: z.core.$ZodIssue[]) =>
    issues.filter(({ input }) => input === undefined).length;
  const [first] = [...issue.errors].sort(
    (one, other) => missing(one) - missing(other),
  );
  return first.flatMap(inner =>
    nearest({ ...inner, path: [...issue.path, ...inner.path] }),
  );
}

function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined
      ? `is missing; it must be of type ${issue.expected}`
      : `must be of type ${issue.expected}`;
  }
  return issue.message;
}
