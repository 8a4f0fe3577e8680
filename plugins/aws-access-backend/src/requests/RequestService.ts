import {
  DecisionInput,
  ExtendInput,
  Narrowing,
  ParsedFileRequestInput,
  ParsedRequestInput,
  PreviewResponse,
  RequestDetail,
  requestsQuerySchema,
  RequestsResponse,
  ReturnInput,
} from 'backstage-plugin-aws-access-common';
import { z } from 'zod';
import { Caller } from '../authorization/Viewer';
import { LoadedRequest } from './reading/RequestLoader';
import { RequestFilter } from './stores/RequestStore';

/** Which requests to list. */
export type RequestListQuery = z.output<typeof requestsQuerySchema> & {
  /** Only those that make, change or remove it. */
  permissionSet?: { organizationId: string; name: string };
};

/** The part of all requests that a caller may read. */
export interface RequestScope {
  /** Nothing is hidden from the caller; otherwise keys find what may be read. */
  readsAll: boolean;
  allows(request: LoadedRequest): Promise<boolean>;
  /** What the portal's permission policy narrows it to. */
  matching?: RequestFilter['matching'];
}

/**
 * Everything that people do with requests. Every door (HTTP, actions) goes
 * through the implementation that checks what the caller may do.
 */
export interface RequestService {
  /** Plans without storing anything. */
  preview(input: ParsedRequestInput, caller: Caller): Promise<PreviewResponse>;
  /**
   * Files a request; the same call again gives the same request.
   *
   * @throws InputError naming field and fix; ConflictError when the idempotency
   *   key was used for something else or too many requests are open
   */
  file(input: ParsedFileRequestInput, caller: Caller): Promise<RequestDetail>;
  list(
    query: RequestListQuery,
    caller: Caller,
    scope?: RequestScope,
  ): Promise<RequestsResponse>;
  /** @throws NotFoundError */
  get(id: string, caller: Caller): Promise<RequestDetail>;
  /**
   * Approves, narrows or rejects the plan that the caller saw.
   *
   * @throws ConflictError when the request or its plan is not as the caller saw
   *   it; NotAllowedError when the caller is no approver of an open stage
   */
  decide(
    id: string,
    input: DecisionInput,
    caller: Caller,
  ): Promise<RequestDetail>;
  /**
   * Shows what would be left of a request and who would have to agree; stores
   * nothing.
   *
   * @throws as `decide` does
   */
  previewNarrowing(
    id: string,
    input: Narrowing,
    caller: Caller,
  ): Promise<PreviewResponse>;
  /**
   * Files the wishes of a finished request once more, as a new request by
   * today's rules: nothing of its plan or its decisions is taken over.
   */
  resubmit(
    id: string,
    idempotencyKey: string,
    caller: Caller,
  ): Promise<RequestDetail>;
  /**
   * Asks for more time: a new request for the same access, by today's rules and
   * with the time of both together (security rule 26).
   *
   * @throws ConflictError when the access is not usable or has no end
   */
  extend(
    id: string,
    input: ExtendInput,
    caller: Caller,
  ): Promise<RequestDetail>;
  comment(id: string, text: string, caller: Caller): Promise<RequestDetail>;
  /** @throws ConflictError when it has started or ended meanwhile */
  withdraw(
    id: string,
    reason: string | undefined,
    caller: Caller,
  ): Promise<RequestDetail>;
  /**
   * Ends the access now, in whatever state it is.
   *
   * @throws ConflictError when more would end than the caller was told
   */
  returnAccess(
    id: string,
    input: ReturnInput,
    caller: Caller,
  ): Promise<RequestDetail>;
  /** Goes on from the step at which the request is stuck. */
  retry(id: string, caller: Caller): Promise<RequestDetail>;
}
