import { z } from 'zod';
import { parseStrictJson } from './parseStrictJson';
import { refuseHiddenText } from './refuseHiddenText';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform(value => (Array.isArray(value) ? value : [value]));

const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: oneOrMore.optional(),
    NotAction: oneOrMore.optional(),
    Resource: oneOrMore.optional(),
    NotResource: oneOrMore.optional(),
    Condition: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(one => (one.Action === undefined) !== (one.NotAction === undefined), {
    message: 'must have either Action or NotAction',
  })
  .refine(
    one => (one.Resource === undefined) !== (one.NotResource === undefined),
    { message: 'must have either Resource or NotResource' },
  );

// One list before the check: a union would only say that no branch fits.
const policySchema = z.strictObject({
  Version: z.string().optional(),
  Id: z.string().optional(),
  Statement: z.preprocess(
    value => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(statementSchema),
  ),
});

/** One statement of an IAM policy; lists where AWS also takes a single text. */
export type PolicyStatement = z.output<typeof statementSchema>;

/**
 * Reads an IAM policy strictly: what we do not know may grant anything.
 *
 * @throws Error that says in a few words why it cannot be read
 */
export function parsePolicy(text: string): PolicyStatement[] {
  refuseHiddenText(text);
  let json: unknown;
  try {
    json = parseStrictJson(text);
  } catch (error) {
    throw new Error(`not usable JSON: ${(error as Error).message}`);
  }
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = z.core.toDotPath(issue.path);
    throw new Error(
      `not an IAM policy that we know: ${at ? `${at}: ` : ''}${issue.message}`,
    );
  }
  return parsed.data.Statement;
}
