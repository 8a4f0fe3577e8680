/**
 * Line breaks and tabs lay a policy out. Everything else that nobody sees, or
 * that turns the direction of what follows, makes it read differently from what
 * it says.
 */
const HIDDEN =
  /[^\P{Cc}\t\n\r]|[\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

/** Terraform writes `<`, `>` and `&` by their numbers, and they name nothing. */
const SPELLED = /\\u([0-9a-f]{4})/gi;
const NAMING = /[\w*?:/.$-]/;

/**
 * Refuses a text in which an approver would not read what AWS reads (security
 * rule 32): invisible characters, and letters and wildcards that are spelled by
 * their numbers (`\\u0069am:*`).
 *
 * @throws Error that says which in a few words
 */
export function refuseHiddenText(text: string): void {
  if (HIDDEN.test(text)) {
    throw new Error(
      'not what it looks like: it has characters that nobody sees',
    );
  }
  for (const [spelled, code] of text.matchAll(SPELLED)) {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    if (NAMING.test(character)) {
      throw new Error(
        `not what it looks like: it spells '${character}' as ${spelled}`,
      );
    }
  }
}
