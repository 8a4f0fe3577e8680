import {
  AccessFor,
  buildAccessChanges,
  RequestInput,
} from 'backstage-plugin-aws-access-common';

/** For whom the form asks. */
export type RequestAudience = 'myself' | 'people' | 'team';

/** What a person has filled in so far. */
export interface RequestFormValues {
  team: string | undefined;
  audience: RequestAudience;
  /** Refs of the people, when the audience is `people`. */
  people: string[];
  accountIds: string[];
  permissionSetArn: string | undefined;
  /** ISO-8601; null = standing; undefined = not chosen. */
  duration: string | null | undefined;
  justification: string;
  ticket: string;
}

/** The first field that still keeps the form from being filed. */
export type MissingField =
  | 'team'
  | 'people'
  | 'accounts'
  | 'permissionSet'
  | 'duration'
  | 'justification';

/** Which field a person should fill in next; undefined when none is missing. */
export function findMissingField(
  values: RequestFormValues,
): MissingField | undefined {
  if (!values.team) return 'team';
  if (values.audience === 'people' && values.people.length === 0) {
    return 'people';
  }
  if (values.accountIds.length === 0) return 'accounts';
  if (!values.permissionSetArn) return 'permissionSet';
  if (values.duration === undefined) return 'duration';
  if (!values.justification.trim()) return 'justification';
  return undefined;
}

/** Stands in for the reason in a preview, where it changes nothing. */
const NO_REASON_YET = '-';

/**
 * The request that the form describes, or undefined while too little is filled
 * in for a plan. The reason may still be missing: a preview does not need it,
 * and {@link findMissingField} keeps the form from being filed without it.
 *
 * @param requester - ref of the signed-in person, who `myself` is
 */
export function buildRequestInput(
  values: RequestFormValues,
  requester: string,
): RequestInput | undefined {
  const { team, permissionSetArn, duration } = values;
  const missing = findMissingField(values);
  if (missing && missing !== 'justification') return undefined;
  return {
    team: team!,
    justification: values.justification.trim() || NO_REASON_YET,
    ...(values.ticket.trim() && { ticket: values.ticket.trim() }),
    duration: duration!,
    changes: buildAccessChanges({
      team: team!,
      requester,
      for: toAccessFor(values),
      permissionSet: permissionSetArn!,
      accountIds: values.accountIds,
    }),
  };
}

function toAccessFor(values: RequestFormValues): AccessFor {
  switch (values.audience) {
    case 'team':
      return 'team';
    case 'people':
      return values.people;
    default:
      return 'me';
  }
}
