import { InputError } from '@backstage/errors';
import {
  AccessFor,
  buildAccessChanges,
  getSimpleAccessField,
  ParsedRequestInput,
  requestInputSchema,
} from 'backstage-plugin-aws-access-common';

/** What a template author writes under `input`. */
export interface AccessRequestActionInput {
  organizationId?: string;
  team: string;
  justification: string;
  ticket?: string;
  duration: string;
  accounts?: string[];
  permissionSet?: string;
  /** `me` (the default), `team`, or people. */
  for?: string | string[];
  changes?: Record<string, unknown>[];
}

/** The word for access without an end; leaving `duration` out is an error. */
export const STANDING = 'standing';

/** How to mend a field, said after what is wrong with it. */
const FIXES: Record<string, string> = {
  organizationId:
    'Give the key of an organization in awsAccess.organizations, or leave it out where there is only one',
  team: 'Give a catalog group, for example group:default/payments',
  justification: 'Say in 1 to 2000 characters why the access is needed',
  ticket: 'Give a ticket of at most 100 characters, or leave it out',
  duration:
    'Give an ISO-8601 duration such as PT8H, or the word standing for access without an end',
  accounts:
    "Give a list of account ids in quotes, for example ['111122223333']",
  permissionSet:
    'Give the ARN of a permission set, as the field AwsAccessPermissionSetPicker does, not its name',
  for: "Give me, team, or a list of people, for example ['user:default/ana']",
  changes: 'Give changes as the documentation of the templates describes them',
};

/**
 * Turns the input of the action into the body that the backend takes.
 *
 * @param requester - catalog ref of the person who started the task
 * @throws InputError that names every faulty field and its fix
 */
export function readAccessRequest(
  input: AccessRequestActionInput,
  requester: string,
): ParsedRequestInput {
  refuseContradictions(input);
  const result = requestInputSchema.safeParse(
    {
      // What a form left empty arrives as an empty string.
      organizationId: input.organizationId || undefined,
      team: input.team,
      justification: input.justification,
      ticket: input.ticket || undefined,
      duration:
        input.duration === STANDING ? null : input.duration || undefined,
      changes: input.changes ?? buildSimpleChanges(input, requester),
    },
    { error: describeIssue },
  );
  if (result.success) return result.data;

  throw new InputError(
    result.error.issues
      .map(({ path, message }) =>
        describeField(getActionField(path.join('.'), input), message),
      )
      .join('\n'),
  );
}

/**
 * The name a template author knows for a path in the body: `accounts.0` for
 * `changes.1.accounts.accountIds.0` when the simple form was used.
 */
export function getActionField(path: string, input: AccessRequestActionInput) {
  const field = input.changes ? undefined : getSimpleAccessField(path);
  const item = /\.(?:accountIds|people)(\.\d+)$/.exec(path)?.[1] ?? '';
  return field ? `${field}${item}` : path;
}

/** The schema says what its own rules want; only zod's general ones are terse. */
function describeIssue(issue: { code?: string; input?: unknown }) {
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_type') return 'has the wrong type';
  if (issue.code === 'invalid_union') return 'is not a known kind';
  return undefined;
}

function describeField(field: string, message: string) {
  const fix = FIXES[field.split('.')[0]];
  return `${field} ${message}.${fix ? ` ${fix}.` : ''}`;
}

function refuseContradictions(input: AccessRequestActionInput) {
  const simple = (['accounts', 'permissionSet', 'for'] as const).filter(
    field => input[field] !== undefined,
  );
  if (input.changes && simple.length > 0) {
    throw new InputError(
      `changes and ${simple.join(
        ', ',
      )} cannot be given together. Keep changes, or leave it out and give accounts and permissionSet.`,
    );
  }
  if (input.changes) return;

  const missing = (['accounts', 'permissionSet'] as const).filter(
    field => !input[field] || input[field].length === 0,
  );
  if (missing.length > 0) {
    throw new InputError(
      missing
        .map(field => describeField(field, 'is missing'))
        .concat(missing.length === 2 ? ['Or give changes instead.'] : [])
        .join('\n'),
    );
  }
}

function buildSimpleChanges(
  input: AccessRequestActionInput,
  requester: string,
) {
  return buildAccessChanges({
    team: input.team,
    requester,
    for: readAccessFor(input.for),
    permissionSet: input.permissionSet!,
    accountIds: input.accounts!,
  });
}

/** A picker for one person gives a single ref. */
function readAccessFor(value: string | string[] = 'me'): AccessFor {
  if (Array.isArray(value) || value === 'me' || value === 'team') return value;
  return [value];
}
