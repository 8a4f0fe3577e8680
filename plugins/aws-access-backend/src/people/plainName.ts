/**
 * A name from a catalog or a cloud as people may see it: without control,
 * invisible and text-direction characters, which could make it look like
 * another one (security rule 32). For display only; never compare by it.
 */
export function plainName(name: string): string {
  return name
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}|\p{Default_Ignorable_Code_Point}/gu, '')
    .trim();
}
