import { ConflictError } from '@backstage/errors';
import { ExtendInput } from 'backstage-plugin-aws-access-common';
import { RequestRelations } from '../../authorization/RequestRelations';
import { Caller } from '../../authorization/Viewer';
import { followUpOf } from '../../followUps/followUpOf';
import { RootStores } from '../../database/Stores';
import { demandFlag } from '../deciding/demandFlag';
import { endedAccounts } from '../../leases/endedAccounts';
import { isPart } from '../../leases/isPart';
import { secondsOfAccess, toExtension, wishesThatStay } from './extendRequest';
import { RequestFiler } from './RequestFiler';
import { RequestLoader } from '../reading/RequestLoader';
import { RequestRow } from '../stores/RequestStore';

/**
 * Files what was asked for before: once more, or for longer. Each is a request
 * of its own, by today's rules (security rule 26).
 */
export class RequestRepeater {
  readonly #services: {
    stores: RootStores;
    loader: RequestLoader;
    relations: RequestRelations;
    filer: RequestFiler;
  };

  constructor(services: {
    stores: RootStores;
    loader: RequestLoader;
    relations: RequestRelations;
    filer: RequestFiler;
  }) {
    this.#services = services;
  }

  async resubmit(
    row: RequestRow,
    idempotencyKey: string,
    caller: Caller,
  ): Promise<RequestRow> {
    await demandFlag(this.#services, row, caller, {
      flag: 'canResubmit',
      isTheirs: ({ isRequester }) => isRequester,
      refusal: 'Only who filed a request can file it once more.',
      conflict: `Request ${row.number} is ${row.state}; it can be filed once more when it is finished.`,
    });
    if (isPart(row)) {
      throw new ConflictError(
        `Request ${row.number} only ended a part of another one, so there is nothing to file once more.`,
      );
    }
    return this.#services.filer.file(
      {
        idempotencyKey,
        organizationId: row.organizationId,
        ...inNameOf(row, caller),
        team: row.teamRef,
        justification: row.justification,
        ...(row.ticket !== null && { ticket: row.ticket }),
        duration: row.duration,
        changes: row.changes,
        followUp: await followUpOf(this.#services.stores, row),
      },
      caller,
      { request: row, as: 'copy' },
    );
  }

  async extend(
    row: RequestRow,
    input: ExtendInput,
    caller: Caller,
  ): Promise<RequestRow> {
    const { stores, filer } = this.#services;
    await demandFlag(this.#services, row, caller, {
      flag: 'canExtend',
      isTheirs: ({ isRequester }) => isRequester,
      refusal: 'Only who filed a request can ask for more time.',
      conflict: `Request ${row.number} is ${row.state}; only access that is usable can be extended.`,
    });
    if (row.endsAt === null) {
      throw new ConflictError(
        `The access of request ${row.number} has no end, so there is nothing to extend.`,
      );
    }
    const [{ plan }, leases] = await Promise.all([
      stores.requests.getPlan(row.id, row.planVersion),
      stores.leases.listOfRequest(row.id),
    ]);
    const changes = wishesThatStay(row, plan, endedAccounts(leases));
    if (changes.length === 0) {
      throw new ConflictError(
        `The access of request ${row.number} has ended in all of its accounts, so there is nothing to extend.`,
      );
    }
    return filer.file(
      { ...toExtension(row, input, changes), ...inNameOf(row, caller) },
      caller,
      {
        request: row,
        as: 'extension',
        secondsBefore: await secondsOfAccess(stores, row),
      },
    );
  }
}

/** Who filed it for somebody else files for them again. */
function inNameOf({ requesterRef }: RequestRow, { userRef }: Caller) {
  return requesterRef === userRef ? {} : { onBehalfOf: requesterRef };
}
