import {
  AccessFor,
  buildAccessChanges,
  RequestInput,
  requestInputSchema,
} from 'backstage-plugin-aws-access-common';
import { STANDING } from './durationField';

/** Parameters of a template that make up a request. */
const REQUEST_PARAMETERS = [
  'team',
  'for',
  'accounts',
  'permissionSet',
  'duration',
  'justification',
  'ticket',
] as const;

/** Which parameter holds what, where a template names them otherwise. */
export type ParameterNames = Partial<
  Record<(typeof REQUEST_PARAMETERS)[number], string>
>;

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
  options: {
    requester: string;
    parameters?: ParameterNames;
    organizationId?: string;
    /** The step assigns directly to the people. */
    elevate?: boolean;
  },
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
  if (!Array.isArray(accounts)) return undefined;

  const input = {
    organizationId: options.organizationId,
    team: String(team ?? ''),
    justification: textOf(justification) ?? NOT_WRITTEN_YET,
    ticket: textOf(ticket),
    duration: duration === STANDING ? null : String(duration ?? ''),
    changes: options.elevate
      ? [
          {
            kind: 'elevation' as const,
            people: Array.isArray(recipients)
              ? recipients
              : [options.requester],
            permissionSet: { arn: String(permissionSet ?? '') },
            accounts: { kind: 'named' as const, accountIds: accounts },
          },
        ]
      : buildAccessChanges({
          team: String(team ?? ''),
          requester: options.requester,
          for: (recipients ?? 'me') as AccessFor,
          permissionSet: String(permissionSet ?? ''),
          accountIds: accounts,
        }),
  };
  // An elevation is for persons, not for whoever is in a team.
  if (options.elevate && recipients === 'team') return undefined;
  return requestInputSchema.safeParse(input).success ? input : undefined;
}

function textOf(value: unknown): string | undefined {
  return (typeof value === 'string' && value.trim()) || undefined;
}
