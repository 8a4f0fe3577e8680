/** What an organization has a handful of, however large it is. */
const smallTables = [
  'CONSTANT ROW',
  'administrator',
  'aws_instance',
  'aws_instance_regions',
  'aws_organization',
  'entra_service_principals',
  'entra_synchronization_jobs',
  'entra_tenant',
];

/** A walk along the table in its own order that takes nearly every row it meets, and ends with the page. */
const WALK =
  /WHERE \(?(deleted_at IS NULL AND \+?visible_at <= \?\)?)?( AND )?\(?(seq > \?\)?)? ORDER BY seq( ASC)? LIMIT/;

/** Sorts of what AWS itself keeps small: the principals of a pair, ten policies of a set, fifty tags. */
const SMALL_SORT =
  /FROM aws_(account_assignments WHERE permission_set_arn = \? AND account_id = \?|managed_policy_attachments WHERE|customer_managed_policy_references WHERE|resource_tags WHERE|delegated_administrators|instance_regions)/;

/** A walk along an index of names in its own order ends with the page as well. */
const ORDERED = /ORDER BY display_name COLLATE NOCASE ASC, seq ASC LIMIT/;

/**
 * Why a page would cost more in a larger organization.
 *
 * @param sql - a query that was made for it
 * @param plan - the steps of SQLite's plan for the query
 */
export function growingSteps(sql: string, plan: string[]): string[] {
  const text = sql.replace(/\s+/g, ' ');
  return plan.filter(step => {
    if (step.includes('TEMP B-TREE')) {
      return !SMALL_SORT.test(text);
    }
    const [, scanned, searched] =
      /^(?:SCAN (.*?)|SEARCH (?=.*\(rowid>\?\))(.*?))(?: USING .*)?$/.exec(
        step,
      ) ?? [];
    const table = scanned ?? searched;
    return (
      table !== undefined &&
      !smallTables.includes(table) &&
      !WALK.test(text) &&
      !(ORDERED.test(text) && step.endsWith('_name'))
    );
  });
}
