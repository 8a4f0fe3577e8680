import { ConflictError } from '@backstage/errors';
import { AccountRef, ReturnInput } from 'backstage-plugin-aws-access-common';
import { RequestRelations } from '../../authorization/RequestRelations';
import { Caller } from '../../authorization/Viewer';
import { RootStores } from '../../database/Stores';
import { endAccess } from '../../leases/endAccess';
import { endInAccounts } from '../../leases/endInAccounts';
import { retryStuckRequest } from '../../provisioning/running/retryStuckRequest';
import { demandFlag } from '../deciding/demandFlag';
import { recordTransition } from './recordTransition';
import { RequestLoader } from '../reading/RequestLoader';
import { RequestRow } from '../stores/RequestStore';
import { listLabel } from '../../wording/labels';
import { WHO_MAY_END } from './whoMayEnd';

/** What people do with a request beside deciding: talk, withdraw, end, retry. */
export class RequestLife {
  readonly #services: {
    stores: RootStores;
    loader: RequestLoader;
    relations: RequestRelations;
  };

  constructor(services: {
    stores: RootStores;
    loader: RequestLoader;
    relations: RequestRelations;
  }) {
    this.#services = services;
  }

  async comment(row: RequestRow, text: string, caller: Caller): Promise<void> {
    await this.#services.stores.transaction(async stores => {
      await stores.requests.appendTimeline({
        requestId: row.id,
        kind: 'commented',
        actorRef: caller.userRef,
        text,
      });
      await stores.outbox.put({
        kind: 'signal',
        requestId: row.id,
        state: row.state,
      });
      await stores.audit.append({
        organizationId: row.organizationId,
        kind: 'request.commented',
        actor: caller.userRef,
        requestId: row.id,
        data: { through: caller.actor },
      });
    });
  }

  async withdraw(
    row: RequestRow,
    reason: string | undefined,
    caller: Caller,
  ): Promise<RequestRow> {
    await demandFlag(this.#services, row, caller, {
      flag: 'canWithdraw',
      isTheirs: ({ isRequester }) => isRequester,
      refusal: 'Only who filed a request can withdraw it.',
      conflict: `Request ${row.number} is ${row.state}; it cannot be withdrawn any more. Give the access back instead.`,
    });
    return this.#services.stores.transaction(async stores => {
      // In the order in which the engine takes them, so that neither waits for
      // the other.
      await stores.provisioning.lockRequest(row.id);
      await stores.provisioning.footprints.release(row.id);
      await stores.provisioning.footprints.releaseNames(row.id);
      const text = `${caller.displayName} withdrew it${because(reason)}`;
      return recordTransition(stores, {
        request: row,
        to: 'withdrawn',
        actorRef: caller.userRef,
        event: { kind: 'withdrawn', text },
        auditData: { through: caller.actor },
        patch: { stateReason: text },
      });
    });
  }

  /**
   * Ends the access at once and without approval: given back by who asked for
   * it, or taken away by an owner, an approver or security (security rule 25). Who
   * answers for some of its accounts only ends what is in these.
   *
   * @throws ConflictError when it is more than the caller was told
   */
  async returnAccess(
    row: RequestRow,
    input: ReturnInput,
    caller: Caller,
  ): Promise<RequestRow> {
    const { reason } = input;
    const relation = await demandFlag(this.#services, row, caller, {
      flag: 'canReturn',
      isTheirs: ({ isRequester, adopts, canRevoke }) =>
        (isRequester && !adopts) || canRevoke,
      refusal: WHO_MAY_END,
      conflict: `Request ${row.number} is ${row.state}; it gives no access that could be ended.`,
    });
    const what = relation.isRequester
      ? 'gave the access back'
      : 'took the access away';
    const { endsOnly } = relation;
    demandPromised(row, input.endsOnly, endsOnly);
    const ending = {
      request: row,
      actorRef: caller.userRef,
      auditData: {
        through: caller.actor,
        as: relation.isRequester ? 'requester' : 'revoker',
      },
    };
    return this.#services.stores.transaction(stores =>
      endsOnly
        ? endInAccounts(stores, {
            ...ending,
            accounts: endsOnly,
            text: `${caller.displayName} took the access in ${listLabel(
              endsOnly.map(({ name, id }) => `${name} (${id})`),
            )} away${because(reason)}`,
          })
        : endAccess(stores, {
            ...ending,
            kind: 'returned',
            text: `${caller.displayName} ${what}${because(reason)}`,
          }),
    );
  }

  async retry(row: RequestRow, caller: Caller): Promise<RequestRow> {
    await demandFlag(this.#services, row, caller, {
      flag: 'canRetry',
      isTheirs: ({ isRequester, isOperator }) => isRequester || isOperator,
      refusal: 'Only who asked for it or an operator can retry.',
      conflict: `Request ${row.number} is ${row.state}; only a stuck one can be retried.`,
    });
    return this.#services.stores.transaction(stores =>
      retryStuckRequest(stores, {
        request: row,
        actorRef: caller.userRef,
        auditData: { through: caller.actor },
      }),
    );
  }
}

/** Nobody confirms one thing and ends another. */
function demandPromised(
  row: RequestRow,
  promised: string[] | null | undefined,
  endsOnly: AccountRef[] | undefined,
): void {
  if (!promised) return;
  if (endsOnly?.every(({ id }) => promised.includes(id))) return;
  throw new ConflictError(
    `More of request ${row.number} would end now than the access in ${listLabel(
      promised,
    )}, which is what you confirmed. Nothing has ended. Load the request again and look at what would end.`,
  );
}

function because(reason: string | undefined): string {
  return reason ? `: ${reason}` : '.';
}
