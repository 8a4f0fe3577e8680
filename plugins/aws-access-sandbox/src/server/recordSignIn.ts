import { randomUUID } from 'node:crypto';
import { type SignIn, traceSignIn } from '../aws/cloudtrail/traceSignIn';
import type { SandboxContext } from './SandboxContext';

/**
 * A person signs in to AWS: Entra, which checks who it is, keeps it in its sign-in log, and AWS in its trails.
 */
export function recordSignIn(
  context: Pick<SandboxContext, 'store' | 'clock' | 'switches'>,
  signIn: SignIn,
): void {
  const { store, clock } = context;
  store.transaction(() => {
    const session = store.get<{ user_id: string; app_id: string }>(
      `SELECT u.id AS user_id, p.app_id FROM identity_store_users i
       JOIN entra_users u ON u.id = i.external_id
       JOIN entra_synchronization_jobs j
       JOIN entra_service_principals p ON p.id = j.service_principal_id
       WHERE i.user_id = ? ORDER BY j.seq LIMIT 1`,
      [signIn.userId],
    );
    if (session) {
      store.insert('entra_sign_ins', {
        id: randomUUID(),
        happened_at: clock.now(),
        ...session,
        ip_address: '127.0.0.1',
      });
    }
    traceSignIn(context, signIn);
  });
}
