import { iamServiceNames } from './iamActions';

/** Which actions of a service a pattern is about. */
export type PatternReach = 'none' | 'every' | ((action: string) => boolean);

/** An action of a policy, `s3:Get*`, ready to be asked about services. */
export interface ActionPattern {
  text: string;
  /** Null: the part before the colon has wildcards. */
  service: string | null;
  /** @param service - its prefix, in lower case */
  reachIn(service: string): PatternReach;
}

/** Reads a pattern; letters of either case are the same to IAM. */
export function actionPattern(text: string): ActionPattern {
  const lower = text.toLowerCase();
  const colon = lower.indexOf(':');
  if (colon < 0) {
    return {
      text,
      service: null,
      // "*" is all that IAM takes; whatever else could fit, fits.
      reachIn: service =>
        isWild(lower)
          ? 'every'
          : action => matchesWildcards(lower, `${service}:${action}`),
    };
  }
  const prefix = lower.slice(0, colon);
  const rest = lower.slice(colon + 1);
  const reach: PatternReach = isWild(rest)
    ? 'every'
    : action => matchesWildcards(rest, action);
  return {
    text,
    service: /[*?]/.test(prefix) ? null : prefix,
    reachIn: service => (matchesWildcards(prefix, service) ? reach : 'none'),
  };
}

/** Services that the pattern could be about. */
export function servicesOf(pattern: ActionPattern): Iterable<string> {
  const all = iamServiceNames();
  if (pattern.service === null) return all.keys();
  return all.has(pattern.service) ? [pattern.service] : [];
}

/** True for `*` and its like, which match every name. */
function isWild(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/**
 * True when the pattern, with `*` for any text and `?` for any character,
 * matches the whole text. Goes back to the last star only, so its time grows
 * with the square of the text at worst, whatever the pattern (security rule 33).
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  let at = 0;
  let inText = 0;
  let star = -1;
  let afterStar = 0;
  while (inText < text.length) {
    const sign = pattern[at];
    if (sign === '*') {
      star = at;
      afterStar = inText;
      at += 1;
    } else if (sign === '?' || sign === text[inText]) {
      at += 1;
      inText += 1;
    } else if (star >= 0) {
      at = star + 1;
      afterStar += 1;
      inText = afterStar;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
