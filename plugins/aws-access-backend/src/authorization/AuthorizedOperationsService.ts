import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  awsAccessOperatePermission,
  OperationsResponse,
} from 'backstage-plugin-aws-access-common';
import { OperationsService } from '../operations/OperationsService';
import { isPermitted, requirePermission } from './requirePermission';
import { Caller, readsCloudMessages, Role } from './Viewer';

/** Whom operations are shown to. */
export const OPERATIONS_READERS: readonly Role[] = [
  'admin',
  'operator',
  'security',
];

const STOPPERS: readonly Role[] = ['operator', 'security'];

/**
 * What waits and what clouds said of it is for those who run the portal; raw
 * messages are for operators and admins (security rule 30).
 */
export class AuthorizedOperationsService implements OperationsService {
  readonly #service: OperationsService;
  readonly #permissions: PermissionsService;

  constructor(service: OperationsService, permissions: PermissionsService) {
    this.#service = service;
    this.#permissions = permissions;
  }

  async describe(caller: Caller) {
    await this.#demand(OPERATIONS_READERS, caller);
    return this.#shownTo(caller, await this.#service.describe(caller));
  }

  async stopWrites(
    organizationId: string,
    input: Parameters<OperationsService['stopWrites']>[1],
    caller: Caller,
  ) {
    await this.#demand(STOPPERS, caller);
    demandNoActor(caller);
    return this.#shownTo(
      caller,
      await this.#service.stopWrites(organizationId, input, caller),
    );
  }

  async resumeWrites(
    organizationId: string,
    kind: Parameters<OperationsService['resumeWrites']>[1],
    caller: Caller,
  ) {
    await this.#demand(STOPPERS, caller);
    demandNoActor(caller);
    return this.#shownTo(
      caller,
      await this.#service.resumeWrites(organizationId, kind, caller),
    );
  }

  async goOnWriting(organizationId: string, caller: Caller) {
    await this.#demand(STOPPERS, caller);
    demandNoActor(caller);
    return this.#shownTo(
      caller,
      await this.#service.goOnWriting(organizationId, caller),
    );
  }

  async releaseMandate(
    organizationId: string,
    input: Parameters<OperationsService['releaseMandate']>[1],
    caller: Caller,
  ) {
    await this.#demand(STOPPERS, caller);
    demandNoActor(caller);
    return this.#shownTo(
      caller,
      await this.#service.releaseMandate(organizationId, input, caller),
    );
  }

  async releaseLeavers(
    organizationId: string,
    input: Parameters<OperationsService['releaseLeavers']>[1],
    caller: Caller,
  ) {
    await this.#demand(STOPPERS, caller);
    demandNoActor(caller);
    return this.#shownTo(
      caller,
      await this.#service.releaseLeavers(organizationId, input, caller),
    );
  }

  async #demand(roles: readonly Role[], caller: Caller): Promise<void> {
    if (!roles.some(role => caller.roles.has(role))) {
      throw new NotAllowedError(
        `This is for the roles ${roles.join(', ')} of awsAccess.roles`,
      );
    }
    await requirePermission(
      this.#permissions,
      awsAccessOperatePermission,
      caller,
    );
  }

  async #shownTo(
    caller: Caller,
    response: OperationsResponse,
  ): Promise<OperationsResponse> {
    const canStopWrites =
      STOPPERS.some(role => caller.roles.has(role)) &&
      (await isPermitted(
        this.#permissions,
        awsAccessOperatePermission,
        caller,
      ));
    if (readsCloudMessages(caller)) return { ...response, canStopWrites };
    const withoutMessage = <T extends { cloudMessage: string | null }>(
      said: T,
    ) => ({ ...said, cloudMessage: null });
    return {
      ...response,
      canStopWrites,
      items: response.items.map(item => ({
        ...item,
        credentials: item.credentials && {
          ...item.credentials,
          aws: withoutMessage(item.credentials.aws),
          entra: withoutMessage(item.credentials.entra),
        },
        stuck: item.stuck.map(withoutMessage),
        overdue: item.overdue.map(withoutMessage),
      })),
    };
  }
}

/** A stop is a person's own act, as a decision is (security rule 10). */
function demandNoActor(caller: Caller): void {
  if (caller.actor) {
    throw new NotAllowedError(
      'Operators act themselves: nothing that acts for them stops writes or lets them go on',
    );
  }
}
