/** The cloud objects that leases keep alive. */
export type LeaseObject =
  | { kind: 'accessGroup'; entraGroupId: string; displayName: string }
  | {
      kind: 'membership';
      entraGroupId: string;
      entraUserId: string;
    }
  | { kind: 'applicationAssignment'; entraGroupId: string }
  | {
      kind: 'accountAssignment';
      accountId: string;
      permissionSetArn: string;
      entraGroupId: string;
      storeGroupId: string;
    };

export interface LeaseRow {
  id: string;
  organizationId: string;
  requestId: string;
  objectKey: string;
  object: LeaseObject;
  teamRef: string;
  startsAt: string;
  /** Null = no end. */
  endsAt: string | null;
  /** When it stopped being a reason. */
  endedAt: string | null;
  /** When its object was verified gone. */
  removedAt: string | null;
}

export interface LeaseStore {
  insert(lease: Omit<LeaseRow, 'endedAt' | 'removedAt'>): Promise<void>;
  listOfRequest(requestId: string): Promise<LeaseRow[]>;
  /** Leases that are a reason for something now. */
  listLive(organizationId: string): Promise<LeaseRow[]>;
  /** True when a live lease of another request wants the object. */
  isWantedByOthers(
    organizationId: string,
    objectKey: string,
    requestId: string,
  ): Promise<boolean>;
  /** Ends every live lease of the request, by the database's time. */
  endOfRequest(requestId: string): Promise<void>;
  markRemoved(requestId: string, objectKey: string): Promise<void>;
  /** Requests with a live lease whose end has come. */
  listExpiredRequestIds(
    organizationId: string,
    limit: number,
  ): Promise<string[]>;
}

/** The key by which leases, intents and footprints name an object. */
export function leaseObjectKey(object: LeaseObject): string {
  switch (object.kind) {
    case 'accessGroup':
      return `group/${object.entraGroupId}`;
    case 'membership':
      return `membership/${object.entraGroupId}/${object.entraUserId}`;
    case 'applicationAssignment':
      return `application/${object.entraGroupId}`;
    default:
      return `assignment/${object.accountId}/${object.permissionSetArn}/${object.storeGroupId}`;
  }
}
