import { RE2JS } from 're2js';
import { z } from 'zod';

/**
 * A pattern that must match a whole name. RE2 runs in linear time, so a pattern
 * cannot hang the portal (security rule 33).
 */
export const namePatternSchema = z
  .string()
  .min(1)
  .max(500)
  .refine(isRe2, { message: 'must be a regular expression that RE2 knows' });

function isRe2(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch {
    return false;
  }
}
