import { InputError } from '@backstage/errors';
import {
  AccessFor,
  buildAccessChanges,
  getSimpleAccessField,
} from './buildAccessChanges';
import { ParsedRequestInput, requestInputSchema } from './wire/filing';

/**
 * A request as template authors and automation write it: either the simple form,
 * or `changes` in full.
 *
 * @public
 */
export interface AccessRequestForm {
  organizationId?: string;
  team: string;
  justification: string;
  ticket?: string;
  /** The person for whom it is filed, where the policy lets the caller. */
  onBehalfOf?: string;
  /** ISO-8601, or the word `standing`. */
  duration: string;
  accounts?: string[];
  /** ARN of an existing permission set. */
  permissionSet?: string;
  /** `me` (the default), `team`, or people. */
  for?: string | string[];
  /** An elevation: directly to people, rather than by an access group. */
  elevate?: boolean;
  changes?: Record<string, unknown>[];
  /** A template that is started when the access is usable. */
  followUp?: { template: string; values?: Record<string, unknown> };
}

/**
 * The word for access without an end; leaving `duration` out is an error.
 *
 * @public
 */
export const STANDING_ACCESS = 'standing';

/**
 * What each field of the form is, for the schemas of every door that takes it.
 *
 * @public
 */
export const ACCESS_REQUEST_FIELDS: Readonly<
  Record<keyof AccessRequestForm, string>
> = {
  team: 'Catalog group the request is for, e.g. group:default/payments',
  justification: 'Why the access is needed: what approvers read first',
  ticket: 'Ticket or incident, if there is one',
  onBehalfOf:
    'Catalog user for whom it is filed, where the policy lets the caller file for others; "me" then is that person',
  duration: `How long: an ISO-8601 duration from PT15M to P366D, or "${STANDING_ACCESS}" for access without an end`,
  accounts: 'Ids of AWS accounts, in quotes',
  permissionSet: 'ARN of an existing permission set, not its name',
  for: 'Who gets the access: "me" (the default), "team", or catalog users',
  elevate:
    'True: the permission set is assigned to the people directly, for hours, instead of through an access group',
  changes:
    'Instead of accounts, permissionSet, for and elevate: the changes in full',
  organizationId:
    'Key under awsAccess.organizations; needed where there are several',
  followUp:
    'A template that the portal starts when the access is usable, with these values; only listed ones',
};

/** How to mend a field, said after what is wrong with it. */
const FIXES: Record<string, string> = {
  organizationId:
    'Give the key of an organization in awsAccess.organizations, or leave it out where there is only one',
  team: 'Give a catalog group, for example group:default/payments',
  justification: 'Say in 1 to 2000 characters why the access is needed',
  ticket: 'Give a ticket of at most 100 characters, or leave it out',
  onBehalfOf:
    'Give a catalog user, for example user:default/ana, or leave it out',
  duration:
    'Give an ISO-8601 duration such as PT8H, or the word standing for access without an end',
  accounts:
    "Give a list of account ids in quotes, for example ['111122223333']",
  permissionSet:
    'Give the ARN of a permission set, as the field AwsAccessPermissionSetPicker does, not its name',
  for: "Give me, team, or a list of people, for example ['user:default/ana']",
  changes: 'Give changes as the documentation of the templates describes them',
  followUp:
    'Give template, for example template:default/deploy-service, and its values',
};

const SIMPLE_FIELDS = ['accounts', 'permissionSet', 'for', 'elevate'] as const;

/**
 * Turns the form into the body that the API takes. Every door uses it, so that
 * the same words ask for the same thing.
 *
 * @param requester - catalog ref of the person who asks; who `me` is
 * @throws InputError that names every faulty field and its fix
 * @public
 */
export function readAccessRequest(
  form: AccessRequestForm,
  requester: string,
): ParsedRequestInput {
  refuseContradictions(form);
  const result = requestInputSchema.safeParse(
    {
      // What a form left empty arrives as an empty string.
      organizationId: form.organizationId || undefined,
      team: form.team,
      justification: form.justification,
      ticket: form.ticket || undefined,
      onBehalfOf: form.onBehalfOf || undefined,
      duration:
        form.duration === STANDING_ACCESS ? null : form.duration || undefined,
      changes:
        form.changes ?? buildSimpleChanges(form, form.onBehalfOf || requester),
      followUp: form.followUp,
    },
    { error: describeIssue },
  );
  if (result.success) return result.data;

  throw new InputError(
    result.error.issues
      .map(({ path, message }) =>
        describeField(getAccessRequestField(path.join('.'), form), message),
      )
      .join('\n'),
  );
}

/**
 * The name that who wrote the form knows for a path in the body: `accounts.0`
 * for `changes.1.accounts.accountIds.0` when the simple form was used.
 *
 * @public
 */
export function getAccessRequestField(
  path: string,
  form: Pick<AccessRequestForm, 'changes' | 'elevate'>,
): string {
  if (form.changes) return path;
  const field = form.elevate
    ? getElevationField(path)
    : getSimpleAccessField(path);
  const item = /\.(?:accountIds|people)(\.\d+)$/.exec(path)?.[1] ?? '';
  return field ? `${field}${item}` : path;
}

function getElevationField(path: string): string | undefined {
  const field = /^changes\.0\.(people|permissionSet|accounts)/.exec(path)?.[1];
  return field === 'people' ? 'for' : field;
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

function refuseContradictions(form: AccessRequestForm) {
  const simple = SIMPLE_FIELDS.filter(field => form[field] !== undefined);
  if (form.changes && simple.length > 0) {
    throw new InputError(
      `changes and ${simple.join(
        ', ',
      )} cannot be given together. Keep changes, or leave it out and give accounts and permissionSet.`,
    );
  }
  if (form.changes) return;

  const missing = (['accounts', 'permissionSet'] as const).filter(
    field => !form[field] || form[field].length === 0,
  );
  if (missing.length > 0) {
    throw new InputError(
      missing
        .map(field => describeField(field, 'is missing'))
        .concat(missing.length === 2 ? ['Or give changes instead.'] : [])
        .join('\n'),
    );
  }
  if (!form.elevate) return;
  if (form.for === 'team') {
    throw new InputError(
      'for must name people when elevate is true: an elevation is for persons, not for whoever is in a team. Give me, or a list of people.',
    );
  }
  if (form.duration === STANDING_ACCESS) {
    throw new InputError(
      'duration must have an end when elevate is true. Give an ISO-8601 duration such as PT4H.',
    );
  }
}

function buildSimpleChanges(form: AccessRequestForm, requester: string) {
  const access = readAccessFor(form.for);
  if (form.elevate && access !== 'team') {
    return [
      {
        kind: 'elevation',
        people: access === 'me' ? [requester] : [...new Set(access)],
        permissionSet: { arn: form.permissionSet },
        accounts: { kind: 'named', accountIds: [...new Set(form.accounts)] },
      },
    ];
  }
  return buildAccessChanges({
    team: form.team,
    requester,
    for: access,
    permissionSet: form.permissionSet!,
    accountIds: form.accounts!,
  });
}

/** A picker for one person gives a single ref. */
function readAccessFor(value: string | string[] = 'me'): AccessFor {
  if (Array.isArray(value) || value === 'me' || value === 'team') return value;
  return [value];
}
