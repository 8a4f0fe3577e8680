import { ResponseError } from '@backstage/errors';
import {
  AccessResponse,
  AccountsResponse,
  PermissionSetsResponse,
} from './wire/access';
import {
  AccessGroupsResponse,
  OrganizationalUnitsResponse,
} from './wire/accessGroups';
import { AuditResponse, AuditVerification } from './wire/audit';
import { InventoryResponse } from './wire/freshness';
import { OrganizationsResponse } from './wire/organizations';
import {
  OperationsResponse,
  ReleaseLeaversInput,
  ReleaseMandateInput,
  StopWritesInput,
  WriteStopKind,
} from './wire/operations';
import {
  CheckPermissionSetInput,
  PermissionSetCheck,
  PermissionSetDetail,
  PermissionSetUsesResponse,
} from './wire/permissionSets';
import { PolicyResponse } from './wire/policy';
import { FileRequestInput, PreviewResponse, RequestInput } from './wire/filing';
import { DecisionInput, ExtendInput, Narrowing } from './wire/requestActions';
import {
  RequestDetail,
  RequestsQuery,
  RequestsResponse,
} from './wire/requests';

/** What to ask the inventory for. @public */
export interface InventoryQuery {
  organizationId?: string;
  /** Part of a name or id. */
  search?: string;
  cursor?: string;
  limit?: number;
}

/** Which groups that carry access to ask for. @public */
export interface AccessGroupsQuery extends InventoryQuery {
  /** Ref of the team whose groups they are. */
  team?: string;
}

/** Which rows of the audit log to ask for, newest first. @public */
export interface AuditEventsQuery {
  organizationId?: string;
  requestId?: string;
  kind?: string;
  /** Ref of who did it. */
  actor?: string;
  /** Inclusive, ISO-8601. */
  from?: string;
  /** Exclusive, ISO-8601. */
  to?: string;
  cursor?: string;
  limit?: number;
}

/** Whose access to ask for: exactly one of the fields. @public */
export interface AccessQuery {
  organizationId?: string;
  team?: string;
  user?: string;
  account?: string;
  permissionSet?: string;
}

/**
 * The plugin's HTTP API, as the frontend and other backends call it.
 *
 * @public
 */
export interface AwsAccessApi {
  /** The organizations, and which restricted pages are the caller's to read. */
  listOrganizations(): Promise<OrganizationsResponse>;
  listAccounts(query?: InventoryQuery): Promise<AccountsResponse>;
  listPermissionSets(query?: InventoryQuery): Promise<PermissionSetsResponse>;
  /** Where permission sets are used, as far as the caller may read. */
  listPermissionSetUses(): Promise<PermissionSetUsesResponse>;
  /** @param name - its name, or its ARN */
  getPermissionSet(
    name: string,
    organizationId?: string,
  ): Promise<PermissionSetDetail>;
  /** What there is to say about a permission set that is being written. */
  checkPermissionSet(
    input: CheckPermissionSetInput,
  ): Promise<PermissionSetCheck>;
  getAccess(query: AccessQuery): Promise<AccessResponse>;
  /** The groups that carry access and that the caller may read. */
  listAccessGroups(query?: AccessGroupsQuery): Promise<AccessGroupsResponse>;
  /** The tree of AWS Organizations, as far as accounts are in it. */
  listOrganizationalUnits(
    organizationId?: string,
  ): Promise<OrganizationalUnitsResponse>;
  getInventoryStatus(): Promise<InventoryResponse>;
  refreshInventory(organizationId?: string): Promise<void>;
  previewRequest(input: RequestInput): Promise<PreviewResponse>;
  /** The rules in words, for those who may read everything. */
  getPolicy(): Promise<PolicyResponse>;
  /** What would come of somebody else's request; stores nothing. */
  simulateRequest(
    input: RequestInput & { requester: string; filedByActor?: boolean },
  ): Promise<PreviewResponse>;
  fileRequest(input: FileRequestInput): Promise<RequestDetail>;
  listRequests(query?: RequestsQuery): Promise<RequestsResponse>;
  getRequest(id: string): Promise<RequestDetail>;
  decide(id: string, input: DecisionInput): Promise<RequestDetail>;
  /** Shows what would be left of a request, and stores nothing. */
  previewNarrowing(id: string, input: Narrowing): Promise<PreviewResponse>;
  /** Files the wishes of a request once more. */
  resubmit(id: string, idempotencyKey: string): Promise<RequestDetail>;
  /** Files a request that goes on with the access of another. */
  extend(id: string, input: ExtendInput): Promise<RequestDetail>;
  comment(id: string, text: string): Promise<RequestDetail>;
  withdraw(id: string, reason?: string): Promise<RequestDetail>;
  /**
   * Ends access.
   *
   * @param endsOnly - ids of the accounts in which it was said to end, so that no
   *   more ends; null and left out = all of it was said to
   */
  returnAccess(
    id: string,
    reason?: string,
    endsOnly?: string[] | null,
  ): Promise<RequestDetail>;
  retry(id: string): Promise<RequestDetail>;
  listAuditEvents(query?: AuditEventsQuery): Promise<AuditResponse>;
  /** Everything that passes the filters, as text. */
  exportAudit(
    format: 'csv' | 'json',
    query?: Omit<AuditEventsQuery, 'cursor' | 'limit'>,
  ): Promise<string>;
  verifyAudit(
    organizationId?: string,
    knownHead?: { sequence: number; hash: string },
  ): Promise<AuditVerification>;
  /** Queue, stuck work and stops, for those who run the portal. */
  getOperations(): Promise<OperationsResponse>;
  /** Stops writes of an organization for some time. */
  stopWrites(
    organizationId: string,
    input: StopWritesInput,
  ): Promise<OperationsResponse>;
  /** Past the writes of an hour: go on, counting anew. */
  goOnWriting(organizationId: string): Promise<OperationsResponse>;
  /** Lets a held mandate go on, whatever it takes away. */
  releaseMandate(
    organizationId: string,
    input: ReleaseMandateInput,
  ): Promise<OperationsResponse>;
  /** Lets the access of people end who seem to have left Entra at once. */
  releaseLeavers(
    organizationId: string,
    input: ReleaseLeaversInput,
  ): Promise<OperationsResponse>;
  /** Ends a stop before its time. */
  resumeWrites(
    organizationId: string,
    kind: WriteStopKind,
  ): Promise<OperationsResponse>;
}

/**
 * Calls the plugin's backend over HTTP. Every method throws a ResponseError
 * whose cause is the Backstage error the backend answered with.
 *
 * @public
 */
export class AwsAccessClient implements AwsAccessApi {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: { fetch: typeof fetch };
  readonly #token: string | undefined;

  /**
   * @param options.token - a bearer token, for callers whose `fetch` does not
   *   add one by itself (backends)
   */
  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
    token?: string;
  }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = options.fetchApi;
    this.#token = options.token;
  }

  listOrganizations() {
    return this.#call<OrganizationsResponse>('GET', '/organizations');
  }

  listAccounts(query: InventoryQuery = {}) {
    return this.#call<AccountsResponse>('GET', '/accounts', { query });
  }

  listPermissionSets(query: InventoryQuery = {}) {
    return this.#call<PermissionSetsResponse>('GET', '/permission-sets', {
      query,
    });
  }

  listPermissionSetUses() {
    return this.#call<PermissionSetUsesResponse>('GET', '/permission-set-uses');
  }

  getPermissionSet(name: string, organizationId?: string) {
    return this.#call<PermissionSetDetail>(
      'GET',
      `/permission-sets/${encodeURIComponent(name)}`,
      { query: { organizationId } },
    );
  }

  checkPermissionSet(input: CheckPermissionSetInput) {
    return this.#call<PermissionSetCheck>('POST', '/permission-sets/check', {
      body: input,
    });
  }

  getAccess(query: AccessQuery) {
    return this.#call<AccessResponse>('GET', '/access', { query });
  }

  listAccessGroups(query: AccessGroupsQuery = {}) {
    return this.#call<AccessGroupsResponse>('GET', '/access-groups', { query });
  }

  listOrganizationalUnits(organizationId?: string) {
    return this.#call<OrganizationalUnitsResponse>(
      'GET',
      '/organizational-units',
      { query: { organizationId } },
    );
  }

  getInventoryStatus() {
    return this.#call<InventoryResponse>('GET', '/inventory');
  }

  async refreshInventory(organizationId?: string) {
    await this.#call('POST', '/inventory/refresh', {
      body: { organizationId },
    });
  }

  previewRequest(input: RequestInput) {
    return this.#call<PreviewResponse>('POST', '/requests/preview', {
      body: input,
    });
  }

  getPolicy() {
    return this.#call<PolicyResponse>('GET', '/policy');
  }

  simulateRequest(
    input: RequestInput & { requester: string; filedByActor?: boolean },
  ) {
    return this.#call<PreviewResponse>('POST', '/policy/simulate', {
      body: input,
    });
  }

  fileRequest(input: FileRequestInput) {
    return this.#call<RequestDetail>('POST', '/requests', { body: input });
  }

  listRequests(query: RequestsQuery = {}) {
    return this.#call<RequestsResponse>('GET', '/requests', { query });
  }

  getRequest(id: string) {
    return this.#call<RequestDetail>('GET', requestPath(id));
  }

  decide(id: string, input: DecisionInput) {
    return this.#call<RequestDetail>('POST', requestPath(id, 'decisions'), {
      body: input,
    });
  }

  previewNarrowing(id: string, input: Narrowing) {
    return this.#call<PreviewResponse>(
      'POST',
      requestPath(id, 'decisions/preview'),
      { body: input },
    );
  }

  resubmit(id: string, idempotencyKey: string) {
    return this.#call<RequestDetail>('POST', requestPath(id, 'resubmit'), {
      body: { idempotencyKey },
    });
  }

  extend(id: string, input: ExtendInput) {
    return this.#call<RequestDetail>('POST', requestPath(id, 'extend'), {
      body: input,
    });
  }

  comment(id: string, text: string) {
    return this.#call<RequestDetail>('POST', requestPath(id, 'comments'), {
      body: { text },
    });
  }

  withdraw(id: string, reason?: string) {
    return this.#call<RequestDetail>('POST', requestPath(id, 'withdraw'), {
      body: { reason },
    });
  }

  returnAccess(id: string, reason?: string, endsOnly?: string[] | null) {
    return this.#call<RequestDetail>('POST', requestPath(id, 'return'), {
      body: { reason, endsOnly },
    });
  }

  retry(id: string) {
    return this.#call<RequestDetail>('POST', requestPath(id, 'retry'), {
      body: {},
    });
  }

  listAuditEvents(query: AuditEventsQuery = {}) {
    return this.#call<AuditResponse>('GET', '/audit', { query });
  }

  async exportAudit(
    format: 'csv' | 'json',
    query: Omit<AuditEventsQuery, 'cursor' | 'limit'> = {},
  ) {
    const response = await this.#send('GET', '/audit/export', {
      query: { ...query, format },
    });
    return response.text();
  }

  verifyAudit(
    organizationId?: string,
    knownHead?: { sequence: number; hash: string },
  ) {
    return this.#call<AuditVerification>('GET', '/audit/verify', {
      query: { organizationId, ...knownHead },
    });
  }

  getOperations() {
    return this.#call<OperationsResponse>('GET', '/operations');
  }

  stopWrites(organizationId: string, input: StopWritesInput) {
    return this.#call<OperationsResponse>(
      'POST',
      operationsPath(organizationId, 'stop'),
      { body: input },
    );
  }

  goOnWriting(organizationId: string) {
    return this.#call<OperationsResponse>(
      'POST',
      operationsPath(organizationId, 'go-on'),
      { body: {} },
    );
  }

  releaseMandate(organizationId: string, input: ReleaseMandateInput) {
    return this.#call<OperationsResponse>(
      'POST',
      operationsPath(organizationId, 'release'),
      { body: input },
    );
  }

  releaseLeavers(organizationId: string, input: ReleaseLeaversInput) {
    return this.#call<OperationsResponse>(
      'POST',
      operationsPath(organizationId, 'release-leavers'),
      { body: input },
    );
  }

  resumeWrites(organizationId: string, kind: WriteStopKind) {
    return this.#call<OperationsResponse>(
      'POST',
      operationsPath(organizationId, 'resume'),
      { body: { kind } },
    );
  }

  async #call<T>(
    method: 'GET' | 'POST',
    path: string,
    options: { query?: object; body?: object } = {},
  ): Promise<T> {
    const response = await this.#send(method, path, options);
    return (
      response.status === 202 || response.status === 204
        ? undefined
        : await response.json()
    ) as T;
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    options: { query?: object; body?: object } = {},
  ): Promise<Response> {
    const baseUrl = await this.#discovery.getBaseUrl('aws-access');
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) query.set(key, String(value));
    }
    const search = query.size > 0 ? `?${query}` : '';
    const response = await this.#fetch.fetch(`${baseUrl}${path}${search}`, {
      method,
      headers: {
        ...(options.body && { 'content-type': 'application/json' }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      ...(options.body && { body: JSON.stringify(options.body) }),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}

function requestPath(id: string, action?: string) {
  const path = `/requests/${encodeURIComponent(id)}`;
  return action ? `${path}/${action}` : path;
}

function operationsPath(organizationId: string, action: string) {
  return `/operations/${encodeURIComponent(organizationId)}/${action}`;
}
