import { randomInt } from 'node:crypto';
import type { SandboxContext } from '../../server/SandboxContext';
import { putTags } from '../protocol/resourceTags';
import type { AccountCreationRow } from './accountCreations';
import type { OrganizationRow } from './rows';

/**
 * Makes the accounts whose time has come. A new account is active, in the root, and has the tags it was asked for.
 */
export function settleAccountCreations(context: SandboxContext): void {
  const { store, clock } = context;
  const due = store.all<AccountCreationRow>(
    "SELECT * FROM aws_account_creations WHERE state = 'IN_PROGRESS' AND completes_at <= ? ORDER BY completes_at",
    [clock.now()],
  );
  for (const creation of due) {
    store.transaction(() => settle(context, creation));
  }
}

function settle(context: SandboxContext, creation: AccountCreationRow): void {
  const { store } = context;
  const taken = store.get('SELECT 1 FROM aws_accounts WHERE email = ?', [
    creation.email,
  ]);
  if (taken) {
    store.run(
      "UPDATE aws_account_creations SET state = 'FAILED', failure_reason = 'EMAIL_ALREADY_EXISTS' WHERE seq = ?",
      [creation.seq],
    );
    return;
  }
  const organization = store.get<OrganizationRow>(
    'SELECT * FROM aws_organization',
  )!;
  const id = freeAccountId(context);
  store.insert('aws_accounts', {
    id,
    arn: `${organization.arn.replace(':organization/', ':account/')}/${id}`,
    name: creation.name,
    email: creation.email,
    joined_at: creation.completes_at,
    parent_id: organization.root_id,
  });
  putTags({ context }, id, JSON.parse(creation.tags_json));
  store.run(
    "UPDATE aws_account_creations SET state = 'SUCCEEDED', account_id = ? WHERE seq = ?",
    [id, creation.seq],
  );
}

function freeAccountId({ store }: SandboxContext): string {
  for (;;) {
    const id = String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(
      0,
      12,
    );
    if (!store.get('SELECT 1 FROM aws_accounts WHERE id = ?', [id])) {
      return id;
    }
  }
}
