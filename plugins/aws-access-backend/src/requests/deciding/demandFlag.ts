import { ConflictError, NotAllowedError } from '@backstage/errors';
import { getRequestFlags } from 'backstage-plugin-aws-access-common';
import {
  RequestRelation,
  RequestRelations,
} from '../../authorization/RequestRelations';
import { Caller } from '../../authorization/Viewer';
import { RequestLoader } from '../reading/RequestLoader';
import { RequestRow } from '../stores/RequestStore';

/** What is asked of a request, and what is said when it is refused. */
interface Demand {
  flag: 'canWithdraw' | 'canReturn' | 'canRetry' | 'canResubmit' | 'canExtend';
  /** It is the caller's to do, in some state. */
  isTheirs(relation: RequestRelation): boolean;
  /** Said when it never is. */
  refusal: string;
  /** Said when the state is in the way. */
  conflict: string;
}

/**
 * Asks the one place that says what a viewer may do.
 *
 * @returns what the caller is to the request
 * @throws NotAllowedError, or ConflictError when it is the state that is in the way
 */
export async function demandFlag(
  services: { loader: RequestLoader; relations: RequestRelations },
  row: RequestRow,
  caller: Caller,
  demand: Demand,
): Promise<RequestRelation> {
  const loaded = await services.loader.load(row, caller.directory);
  const relation = await services.relations.relate(loaded, caller);
  if (getRequestFlags(row.state, relation)[demand.flag]) return relation;
  throw demand.isTheirs(relation)
    ? new ConflictError(demand.conflict)
    : new NotAllowedError(demand.refusal);
}
