import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { awsAccessAuditReadPermission } from 'backstage-plugin-aws-access-common';
import { AuditQuery, AuditService } from '../audit/AuditService';
import { requirePermission } from './requirePermission';
import { Caller, readsEverything } from './Viewer';

/** The audit log is for admins, auditors and security. */
export class AuthorizedAuditService implements AuditService {
  readonly #inner: AuditService;
  readonly #permissions: PermissionsService;

  constructor(inner: AuditService, permissions: PermissionsService) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async list(query: AuditQuery, caller: Caller) {
    await this.#demand(caller);
    return this.#inner.list(query, caller);
  }

  async export(query: Omit<AuditQuery, 'cursor' | 'limit'>, caller: Caller) {
    await this.#demand(caller);
    return this.#inner.export(query, caller);
  }

  async verify(
    organizationId: string | undefined,
    known: { sequence: number; hash: string } | undefined,
    caller: Caller,
  ) {
    await this.#demand(caller);
    return this.#inner.verify(organizationId, known, caller);
  }

  async #demand(caller: Caller): Promise<void> {
    // The plugin's own rule first: Backstage permissions only narrow it.
    if (!readsEverything(caller)) {
      throw new NotAllowedError(
        'The audit log is read by admins, auditors and security; your portal administrator names them under awsAccess.roles',
      );
    }
    await requirePermission(
      this.#permissions,
      awsAccessAuditReadPermission,
      caller,
    );
  }
}
