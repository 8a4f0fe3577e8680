import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  AwsAccessApi,
  RequestDetail,
} from 'backstage-plugin-aws-access-common';
import {
  accessGroups,
  accounts,
  aRequest,
  aSummary,
  fresh,
  myAccess,
  organization,
  organizationalUnits,
  permissionSets,
  permissionSetUses,
  policy,
  preview,
  teamAccess,
} from './fixtures';

/** What is said of every permission set. */
const permissionSetCheck = {
  findings: [],
  size: { characters: 0, limit: 10_240 },
  effectiveAccess: {
    level: 'read' as const,
    isLevelKnown: true,
    words: ['Reads in Amazon S3.'],
    services: [],
    limits: [],
    unknown: [],
  },
};

/**
 * The backend as tests and the development page see it: it answers from the
 * fixtures, and remembers decisions. Each method can be replaced.
 */
export class FakeAwsAccessApi implements AwsAccessApi {
  readonly requests = new Map<string, RequestDetail>();

  constructor(requests: RequestDetail[] = []) {
    for (const request of requests) this.requests.set(request.id, request);
  }

  listOrganizations: AwsAccessApi['listOrganizations'] = async () => ({
    items: [organization],
    pages: ['policies', 'audit', 'operations'],
  });

  listAccounts: AwsAccessApi['listAccounts'] = async () => ({
    items: accounts,
    totalItems: accounts.length,
    nextCursor: null,
    freshness: fresh,
  });

  listPermissionSets: AwsAccessApi['listPermissionSets'] = async () => ({
    items: permissionSets,
    totalItems: permissionSets.length,
    nextCursor: null,
    freshness: fresh,
  });

  listPermissionSetUses: AwsAccessApi['listPermissionSetUses'] = async () => ({
    items: permissionSetUses,
    seesEverybody: true,
    freshness: fresh,
  });

  getPermissionSet: AwsAccessApi['getPermissionSet'] = async name => {
    const found = permissionSets.find(
      set => set.name === name || set.arn === name,
    );
    if (!found) throw new NotFoundError(`There is no permission set '${name}'`);
    return {
      ...found,
      relayState: null,
      permissionsBoundary: null,
      tags: {},
      verdict: 'unmanaged',
      documentDigest: 'digest',
      ...permissionSetCheck,
      seesEverybody: true,
      accounts: [],
      holders: [],
      outdatedAccounts: null,
      history: [],
      freshness: fresh,
    };
  };

  checkPermissionSet: AwsAccessApi['checkPermissionSet'] = async () => ({
    problems: [],
    ...permissionSetCheck,
  });

  getAccess: AwsAccessApi['getAccess'] = async query =>
    query.user ? myAccess : teamAccess;

  listAccessGroups: AwsAccessApi['listAccessGroups'] = async () => ({
    items: accessGroups,
    totalItems: accessGroups.length,
    nextCursor: null,
    freshness: fresh,
  });

  listOrganizationalUnits: AwsAccessApi['listOrganizationalUnits'] =
    async () => ({ items: organizationalUnits, freshness: fresh });

  getInventoryStatus: AwsAccessApi['getInventoryStatus'] = async () => ({
    items: [
      {
        organizationId: organization.id,
        freshness: fresh,
        refresh: {
          running: false,
          startedAt: null,
          finishedAt: null,
          progress: null,
        },
      },
    ],
    canRefresh: true,
  });

  refreshInventory: AwsAccessApi['refreshInventory'] = async () => {};

  getPolicy: AwsAccessApi['getPolicy'] = async () => policy;

  simulateRequest: AwsAccessApi['simulateRequest'] = async () => preview;

  previewRequest: AwsAccessApi['previewRequest'] = async () => preview;

  fileRequest: AwsAccessApi['fileRequest'] = async () => {
    const request = aRequest('pending');
    this.requests.set(request.id, request);
    return request;
  };

  listRequests: AwsAccessApi['listRequests'] = async query => ({
    items: [...this.requests.values()]
      .filter(
        request => query?.view !== 'inbox' || request.flags.canApprove === true,
      )
      .map(aSummary),
    nextCursor: null,
  });

  getRequest: AwsAccessApi['getRequest'] = async id => {
    const request = this.requests.get(id);
    if (!request) throw new NotFoundError(`No request '${id}'`);
    return request;
  };

  decide: AwsAccessApi['decide'] = async (id, input) => {
    const request = await this.getRequest(id);
    if (request.planDigest !== input.planDigest) {
      throw new ConflictError('The plan has changed.');
    }
    return this.#change(
      request,
      input.verdict === 'reject' ? 'rejected' : 'approved',
    );
  };

  previewNarrowing: AwsAccessApi['previewNarrowing'] = async () => preview;

  resubmit: AwsAccessApi['resubmit'] = async id => {
    const { number } = await this.getRequest(id);
    const copy = { ...aRequest('pending'), copyOf: { id, number } };
    this.requests.set(copy.id, copy);
    return copy;
  };

  extend: AwsAccessApi['extend'] = async id => {
    const { number } = await this.getRequest(id);
    const extension = { ...aRequest('pending'), extensionOf: { id, number } };
    this.requests.set(extension.id, extension);
    return extension;
  };

  comment: AwsAccessApi['comment'] = async (id, text) => {
    const request = await this.getRequest(id);
    const next: RequestDetail = {
      ...request,
      timeline: [
        ...request.timeline,
        {
          sequence: request.timeline.length + 1,
          at: request.updatedAt,
          kind: 'commented',
          actor: request.requester,
          text,
        },
      ],
    };
    this.requests.set(id, next);
    return next;
  };

  withdraw: AwsAccessApi['withdraw'] = async id =>
    this.#change(await this.getRequest(id), 'withdrawn');

  returnAccess: AwsAccessApi['returnAccess'] = async id =>
    this.#change(await this.getRequest(id), 'ending');

  retry: AwsAccessApi['retry'] = async id =>
    this.#change(await this.getRequest(id), 'provisioning');

  listAuditEvents: AwsAccessApi['listAuditEvents'] = async () => ({
    items: [],
    nextCursor: null,
  });

  exportAudit: AwsAccessApi['exportAudit'] = async () => '';

  verifyAudit: AwsAccessApi['verifyAudit'] = async () => ({
    organizationId: organization.id,
    verdict: 'consistent',
    rows: 0,
    head: null,
    brokenAt: null,
    reason: null,
  });

  getOperations: AwsAccessApi['getOperations'] = async () => ({
    asOf: fresh.asOf!,
    items: [],
    canStopWrites: false,
  });

  stopWrites: AwsAccessApi['stopWrites'] = () => this.getOperations();

  goOnWriting: AwsAccessApi['goOnWriting'] = () => this.getOperations();

  releaseMandate: AwsAccessApi['releaseMandate'] = () => this.getOperations();

  releaseLeavers: AwsAccessApi['releaseLeavers'] = () => this.getOperations();

  resumeWrites: AwsAccessApi['resumeWrites'] = () => this.getOperations();

  #change(request: RequestDetail, state: RequestDetail['state']) {
    const next = { ...aRequest(state), id: request.id, number: request.number };
    this.requests.set(request.id, next);
    return next;
  }
}
