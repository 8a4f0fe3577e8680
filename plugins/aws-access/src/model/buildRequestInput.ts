import { RequestInput } from 'backstage-plugin-aws-access-common';
import { buildChanges } from './buildChanges';
import { findMissingField } from './findMissingField';
import { getTimeRule, Wish } from './wishes';

/** What a person has filled in so far. */
export interface RequestFormValues {
  team: string | undefined;
  /** Ref of the person for whom it is filed; undefined = the filer. */
  onBehalfOf?: string;
  /** At least one. */
  wishes: Wish[];
  /** ISO-8601; null = standing; undefined = not chosen. */
  duration: string | null | undefined;
  justification: string;
  ticket: string;
}

/** The request that a form describes. */
export interface BuiltRequest {
  input: RequestInput;
  /** Index of the wish that each change came from. */
  origins: number[];
}

/** Stands in for the reason in a preview, where it changes nothing. */
const NO_REASON_YET = '-';

/**
 * The request that the form describes, or undefined while too little is filled
 * in for a plan. The reason may still be missing: a preview does not need it,
 * and {@link findMissingField} keeps the form from being filed without it.
 *
 * @param filer - ref of the person who files it
 */
export function buildRequestInput(
  values: RequestFormValues,
  filer: string,
): BuiltRequest | undefined {
  const missing = findMissingField(values);
  if (missing && missing.field !== 'justification') return undefined;
  const { wishes } = values;
  const team = values.team!;
  const { onBehalfOf, ticket } = values;
  const requester = onBehalfOf ?? filer;
  const perWish = wishes.map(wish =>
    buildChanges(wish, { team, requester, wishes }),
  );
  return {
    input: {
      team,
      justification: values.justification.trim() || NO_REASON_YET,
      ...(onBehalfOf && { onBehalfOf }),
      ...(ticket.trim() && { ticket: ticket.trim() }),
      duration: getTimeRule(wishes) === 'lasting' ? null : values.duration!,
      changes: perWish.flat(),
    },
    origins: perWish.flatMap((changes, index) => changes.map(() => index)),
  };
}
