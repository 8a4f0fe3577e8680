import {
  AccessFor,
  buildAccessChanges,
  RequestInput,
  requestInputSchema,
  STANDING_ACCESS,
} from 'backstage-plugin-aws-access-common';
import { fillIn } from './fillIn';
import { REQUEST_PARAMETERS, RequestOptions } from './requestOptions';

/**
 * A request without a reason is none, but the reason is often the last thing
 * that is typed, or the template's own.
 */
export const NOT_WRITTEN_YET = '-';

/**
 * Reads the request that a template's form describes so far.
 *
 * @param requester - catalog ref of the person who fills in the form
 * @returns undefined while too little, or something invalid, is filled in
 */
export function readFormRequest(
  formData: Record<string, unknown>,
  options: RequestOptions & { requester: string },
): RequestInput | undefined {
  const [
    team,
    recipients,
    accounts,
    permissionSet,
    duration,
    justification,
    ticket,
  ] = REQUEST_PARAMETERS.map(
    parameter => formData[options.parameters?.[parameter] ?? parameter],
  );
  const span = options.duration ?? duration;
  const changes = options.changes
    ? (fillIn(options.changes, formData) as RequestInput['changes'])
    : toChanges(
        {
          team: String(team ?? ''),
          for: options.for ?? recipients ?? 'me',
          accounts,
          permissionSet: String(permissionSet ?? ''),
        },
        options,
      );
  if (!changes) return undefined;

  const input: RequestInput = {
    organizationId: options.organizationId,
    team: String(team ?? ''),
    justification: textOf(justification) ?? NOT_WRITTEN_YET,
    ticket: textOf(ticket),
    duration: span === STANDING_ACCESS ? null : String(span ?? ''),
    changes,
  };
  return requestInputSchema.safeParse(input).success ? input : undefined;
}

/** The changes of the short input; undefined where it says too little. */
function toChanges(
  filledIn: {
    team: string;
    for: unknown;
    accounts: unknown;
    permissionSet: string;
  },
  options: { requester: string; elevate?: boolean },
): RequestInput['changes'] | undefined {
  const { accounts: accountIds, for: recipients, permissionSet } = filledIn;
  if (!Array.isArray(accountIds)) return undefined;
  if (!options.elevate) {
    return buildAccessChanges({
      team: filledIn.team,
      requester: options.requester,
      for: recipients as AccessFor,
      permissionSet,
      accountIds,
    });
  }
  // An elevation is for persons, not for whoever is in a team.
  if (recipients === 'team') return undefined;
  return [
    {
      kind: 'elevation',
      people: Array.isArray(recipients) ? recipients : [options.requester],
      permissionSet: { arn: permissionSet },
      accounts: { kind: 'named', accountIds },
    },
  ];
}

function textOf(value: unknown): string | undefined {
  return (typeof value === 'string' && value.trim()) || undefined;
}
