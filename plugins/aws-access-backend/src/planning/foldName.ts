/**
 * The form in which names of groups are compared. SCIM merges a group into one
 * of the same name, so a look-alike would join the other's access (security
 * rule 13): compatibility characters and case make no difference.
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}
