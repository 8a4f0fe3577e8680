import { Problem } from 'backstage-plugin-aws-access-common';
import { BuiltRequest } from './buildRequestInput';
import { FormField, locateProblem } from './locateProblem';

/** What the wire schema says of an input. */
interface Issue {
  path: ReadonlyArray<PropertyKey>;
  message: string;
}

/**
 * Finds what is wrong with a field, from the schema's issues and the problems
 * of the preview alike.
 */
export function createErrorLookup(
  issues: readonly Issue[],
  problems: readonly Problem[] | undefined,
  built: BuiltRequest | undefined,
): (field: FormField, wish?: number) => string | undefined {
  const messages = new Map<string, string>();
  const note = (path: string, message: string) => {
    const place = locateProblem(path, built);
    if (!place) return;
    const key = keyOf(place.field, place.wish);
    const known = messages.get(key);
    messages.set(key, known ? `${known} ${message}` : message);
  };
  for (const { path, message } of issues) {
    note(path.map(String).join('.'), asSentence(message));
  }
  for (const { path, message, fix } of problems ?? []) {
    note(path, `${message} ${fix}`);
  }
  return (field, wish) => messages.get(keyOf(field, wish));
}

function keyOf(field: FormField, wish: number | undefined) {
  return `${wish ?? ''} ${field}`;
}

/** Schemas say `must be ...`, for a field to be put before it. */
function asSentence(message: string): string {
  return `${message.charAt(0).toLocaleUpperCase('en-US')}${message.slice(1)}.`;
}
