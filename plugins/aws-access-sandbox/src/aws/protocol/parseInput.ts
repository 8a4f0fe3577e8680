import type { z } from 'zod';
import { AwsError } from './AwsError';

/** One broken constraint, in the words of AWS's request validation. */
export interface InputProblem {
  /** Which constraint, as AWS Organizations names it in `Reason`. */
  readonly reason:
    | 'INPUT_REQUIRED'
    | 'INVALID_ENUM'
    | 'INVALID_PATTERN'
    | 'MAX_LENGTH_EXCEEDED'
    | 'MAX_VALUE_EXCEEDED'
    | 'MIN_LENGTH_EXCEEDED'
    | 'MIN_VALUE_EXCEEDED';
  /** "Value 'x' at 'maxResults' failed to satisfy constraint: ..." */
  readonly message: string;
}

/** Either the checked input or what is wrong with it. */
export type ParsedInput<T> =
  | { readonly input: T; readonly problems?: undefined }
  | { readonly problems: InputProblem[] };

/**
 * Checks the body of a call against the constraints of its operation.
 *
 * A member that is `null` counts as absent, and unknown members are ignored, as AWS JSON 1.1 does both.
 *
 * @throws AwsError `SerializationException` for a body that does not even have the right JSON types
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  body: string,
): ParsedInput<z.output<Schema>> {
  const result = schema.safeParse(parseJson(body), {
    reportInput: true,
  });
  return result.success
    ? { input: result.data }
    : { problems: result.error.issues.map(toProblem) };
}

function parseJson(body: string): unknown {
  if (body.trim() === '') {
    return {};
  }
  let value: unknown;
  try {
    // Both are recursive: what is nested too deep for either is not understood.
    value = withoutNulls(JSON.parse(body));
  } catch {
    throw new AwsError('SerializationException', 'Unable to parse the body');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'Expected an object');
  }
  return value;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== null)
        .map(([key, member]) => [key, withoutNulls(member)]),
    );
  }
  return value;
}

function toProblem(issue: z.core.$ZodIssue): InputProblem {
  const [reason, constraint] = describe(issue);
  const path = memberPath(issue.path);
  const value =
    issue.input === undefined ? 'Value' : `Value '${shown(issue.input)}'`;
  return {
    reason,
    message: `${value} at '${path}' failed to satisfy constraint: ${constraint}`,
  };
}

function describe(
  issue: z.core.$ZodIssue,
): [InputProblem['reason'], constraint: string] {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'number'
        ? [
            'MIN_VALUE_EXCEEDED',
            `Member must have value greater than or equal to ${issue.minimum}`,
          ]
        : [
            'MIN_LENGTH_EXCEEDED',
            `Member must have length greater than or equal to ${issue.minimum}`,
          ];
    case 'too_big':
      return issue.origin === 'number'
        ? [
            'MAX_VALUE_EXCEEDED',
            `Member must have value less than or equal to ${issue.maximum}`,
          ]
        : [
            'MAX_LENGTH_EXCEEDED',
            `Member must have length less than or equal to ${issue.maximum}`,
          ];
    case 'invalid_format':
      return [
        'INVALID_PATTERN',
        `Member must satisfy regular expression pattern: ${String(
          issue.pattern,
        ).replace(/^\/\^?|\$?\/[a-z]*$/g, '')}`,
      ];
    case 'invalid_value':
      return issue.input === undefined
        ? ['INPUT_REQUIRED', 'Member must not be null']
        : [
            'INVALID_ENUM',
            `Member must satisfy enum value set: [${issue.values.join(', ')}]`,
          ];
    case 'invalid_type':
      if (issue.input !== undefined) {
        throw new AwsError(
          'SerializationException',
          `${memberPath(issue.path)} can not be converted to ${issue.expected}`,
        );
      }
      return ['INPUT_REQUIRED', 'Member must not be null'];
    default:
      return ['INVALID_PATTERN', issue.message];
  }
}

/** AWS writes the path of a member as `tags.1.member.key`: lower camel case, lists counted from 1. */
function memberPath(path: PropertyKey[]): string {
  return path
    .map(part =>
      typeof part === 'number'
        ? `${part + 1}.member`
        : String(part).charAt(0).toLowerCase() + String(part).slice(1),
    )
    .join('.');
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** All broken constraints in one `ValidationException`, as the newer services word it. */
export function toValidationException(problems: InputProblem[]): AwsError {
  const count = problems.length;
  return AwsError.validation(
    `${count} validation error${count === 1 ? '' : 's'} detected: ${problems
      .map(problem => problem.message)
      .join('; ')}`,
  );
}
