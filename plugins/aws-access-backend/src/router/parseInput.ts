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
      .map(issue => `${issue.path.join('.') || 'body'}: ${explain(issue)}`)
      .join('; '),
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
