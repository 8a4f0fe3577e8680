/** Characters that are not drawn, such as fillers and variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The form in which names of groups are compared. SCIM merges a group into one
 * of the same name, so a look-alike would join the other's access (security
 * rule 13): compatibility characters, case, and what is not drawn make no
 * difference. Upper case first folds what has one case only, such as `ß`.
 */
export function foldName(name: string): string {
  return name
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .trim();
}
