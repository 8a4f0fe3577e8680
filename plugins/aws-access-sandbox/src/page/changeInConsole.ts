import { z } from 'zod';
import { assignInConsole } from '../aws/ssoadmin/assignInConsole';
import type { SandboxContext } from '../server/SandboxContext';

const Change = z.object({
  action: z.enum(['assign', 'unassign']),
  account: z.string().trim().min(1),
  permissionSet: z.string().trim().min(1),
  principal: z.string().trim().min(1),
});

/** Who sits at the console when a person uses the page: whoever was in the identity store first. */
const ADMINISTRATOR =
  'SELECT user_id FROM identity_store_users ORDER BY seq LIMIT 1';

/**
 * Makes or removes an assignment that a form names, by names or by ids.
 *
 * @returns what to tell the person
 */
export function changeInConsole(
  context: Pick<SandboxContext, 'store' | 'clock' | 'switches'>,
  form: unknown,
): { text: string; isRefusal: boolean } {
  const { store } = context;
  const refuse = (text: string) => ({ text, isRefusal: true });
  const parsed = Change.safeParse(form);
  if (!parsed.success) {
    return refuse('Name an account, a permission set and a principal.');
  }
  const { action, account, permissionSet, principal } = parsed.data;
  const find = (sql: string, name: string) =>
    store.get<{ id: string; name: string }>(sql, { name });
  const accountRow = find(
    'SELECT id, name FROM aws_accounts WHERE id = :name OR name = :name',
    account,
  );
  if (!accountRow) {
    return refuse(`There is no account ${account}.`);
  }
  const set = find(
    'SELECT arn AS id, name FROM aws_permission_sets WHERE arn = :name OR name = :name',
    permissionSet,
  );
  if (!set) {
    return refuse(`There is no permission set ${permissionSet}.`);
  }
  const group = find(
    'SELECT group_id AS id, display_name AS name FROM identity_store_groups WHERE group_id = :name OR display_name = :name',
    principal,
  );
  const user = find(
    'SELECT user_id AS id, user_name AS name FROM identity_store_users WHERE user_id = :name OR user_name = :name',
    principal,
  );
  // A principal that was deleted still has assignments, of the type that they were made with.
  const gone = store.get<{ id: string; type: 'USER' | 'GROUP' }>(
    'SELECT principal_id AS id, principal_type AS type FROM aws_account_assignments WHERE principal_id = ?',
    [principal],
  );
  const found = group ?? user ?? gone;
  const administrator = store.get<{ user_id: string }>(ADMINISTRATOR);
  if (!found || !administrator) {
    return refuse(`AWS knows no group and no person called ${principal}.`);
  }
  let principalType = gone?.type;
  if (group || user) {
    principalType = group ? 'GROUP' : 'USER';
  }
  const refusal = assignInConsole(context, {
    action,
    accountId: accountRow.id,
    permissionSetArn: set.id,
    principalType: principalType ?? 'GROUP',
    principalId: found.id,
    userId: administrator.user_id,
  });
  const name = group?.name ?? user?.name ?? principal;
  return refusal
    ? refuse(refusal)
    : {
        text: `${action === 'assign' ? 'Assigned' : 'Removed'}: ${
          set.name
        } on ${accountRow.name}, ${name}.`,
        isRefusal: false,
      };
}
