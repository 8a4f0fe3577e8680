/** Said of every change by who takes them; the direct actions have none. */
const ABOUT_CHANGES =
  ' Give changes as the documentation of the templates describes them.';

/** Where the inputs of the direct actions are in the change that they make. */
const FIELDS: Array<[RegExp, string]> = [
  [/^members\.(?:people|team)/, 'for'],
  [/^members/, 'for'],
  [/^accessGroup\.entraGroupId/, 'accessGroup'],
  [/^permissionSet\.arn/, 'permissionSet'],
  [/^accounts\.accountIds/, 'accounts'],
  [/^document\./, ''],
];

/** The author's name of a path in the body: `accounts.0`, `name`. */
export function getDirectField(path: string): string {
  const field = path.replace(/^changes\.0\./, '');
  const [pattern, name] = FIELDS.find(([one]) => one.test(field)) ?? [];
  return pattern ? field.replace(pattern, name!) : field;
}

/** A message about a body, in the words of a direct action's inputs. */
export function toDirectFields(message: string): string {
  return message
    .replace(/\bchanges\.0(?:\.\w+)+/g, getDirectField)
    .replaceAll(ABOUT_CHANGES, '');
}
