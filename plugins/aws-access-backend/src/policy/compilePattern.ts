import { RE2JS } from 're2js';

/** Patterns come from the configuration alone, so there are only so many. */
const compiled = new Map<string, RE2JS>();

/** Compiles a pattern once: every rule is asked about every effect of a plan. */
export function compilePattern(pattern: string): RE2JS {
  let found = compiled.get(pattern);
  if (!found) {
    found = RE2JS.compile(pattern);
    compiled.set(pattern, found);
  }
  return found;
}
