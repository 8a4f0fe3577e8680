/** The cloud objects that leases keep alive. */
export type LeaseObject =
  | {
      kind: 'accessGroup';
      /** Null until Entra has answered the creation. */
      entraGroupId: string | null;
      /** Our own random name of a group that the request creates; else null. */
      uniqueName: string | null;
      displayName: string;
    }
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
    }
  | {
      /** An elevation: the permission set is assigned to the person directly. */
      kind: 'userAssignment';
      accountId: string;
      permissionSetArn: string;
      entraUserId: string;
      storeUserId: string;
    }
  | {
      kind: 'permissionSet';
      /** Null until AWS has answered the creation. */
      arn: string | null;
      /** The step that makes it, which its marks name; else null. */
      stepId: string | null;
      name: string;
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
  /** Whose approved removal took the object away; null = none did. */
  takenByRequestId: string | null;
}

/** A lease before it is stored. */
export type NewLease = Omit<
  LeaseRow,
  'endedAt' | 'removedAt' | 'takenByRequestId'
>;

export interface LeaseStore {
  /**
   * Inserts the lease unless the request has one on the object already.
   *
   * @returns whether it was inserted
   */
  insert(lease: NewLease): Promise<boolean>;
  /** Names the object anew, once its id is known. */
  identify(
    requestId: string,
    objectKey: string,
    object: LeaseObject,
  ): Promise<void>;
  find(requestId: string, objectKey: string): Promise<LeaseRow | undefined>;
  listOfRequest(requestId: string): Promise<LeaseRow[]>;
  /**
   * What leases, also ended ones, are or were on that belongs to any of the groups
   * and people: the group, its members, its place in the enterprise application,
   * assignments.
   *
   * @param entraIds - object ids in Entra, of groups and people
   */
  listObjectsOf(
    organizationId: string,
    entraIds: string[],
  ): Promise<LeaseObject[]>;
  /** Leases that are a reason for something now. */
  listLive(organizationId: string): Promise<LeaseRow[]>;
  /** True when a live lease of another request wants the object. */
  isWantedByOthers(
    organizationId: string,
    objectKey: string,
    requestId: string,
  ): Promise<boolean>;
  /** The live leases of other requests on the object. */
  listOtherHolders(
    organizationId: string,
    objectKey: string,
    requestId: string,
  ): Promise<LeaseRow[]>;
  /**
   * The live leases of other requests on any of the objects, and on whatever is
   * of a group that is among them: its members, its place in the enterprise
   * application, its assignments.
   */
  listOtherHoldersWithin(
    organizationId: string,
    objectKeys: string[],
    requestId: string,
  ): Promise<LeaseRow[]>;
  /**
   * The same of leases that have ended, whose requests are on the way to take the
   * objects away themselves.
   */
  listEndingWithin(
    organizationId: string,
    objectKeys: string[],
    requestId: string,
  ): Promise<LeaseRow[]>;
  /** Ends every live lease of the request, by the database's time. */
  endOfRequest(requestId: string): Promise<void>;
  /** Ends the leases, by the database's time. */
  end(leaseIds: string[]): Promise<void>;
  /** Ends the leases, and notes whose approved removal takes the objects away. */
  take(leaseIds: string[], byRequestId: string): Promise<void>;
  /**
   * Marks what the request has taken from others with the object as gone: with a
   * group, its members and its place in the enterprise application are.
   *
   * @returns the leases that were not marked so
   */
  markTakenRemoved(byRequestId: string, objectKey: string): Promise<LeaseRow[]>;
  /** @returns whether the request had a lease on it that was not marked so */
  markRemoved(requestId: string, objectKey: string): Promise<boolean>;
  /**
   * Requests that hold access whose end, or whose reason, this product has not
   * written, and those in a state that would hide their access from its end.
   * Without a key an end shows only where lease and request tell different ones.
   */
  listForgedRequestIds(organizationId: string): Promise<string[]>;
  /**
   * Requests that still give access although their end has come, in whatever
   * state. Those in a state that gives access come before the others, and of each
   * the longest overdue first.
   *
   * @param limit - of those in a state that gives access, and of the others
   */
  listExpiredRequestIds(
    organizationId: string,
    limit: number,
  ): Promise<string[]>;
}

/** The key by which leases, intents and footprints name an object. */
export function leaseObjectKey(object: LeaseObject): string {
  switch (object.kind) {
    case 'accessGroup':
      return `group/${object.entraGroupId ?? object.uniqueName}`;
    case 'membership':
      return `membership/${object.entraGroupId}/${object.entraUserId}`;
    case 'applicationAssignment':
      return `application/${object.entraGroupId}`;
    case 'permissionSet':
      return `permissionSet/${object.arn ?? object.stepId}`;
    case 'userAssignment':
      return `userAssignment/${object.accountId}/${object.permissionSetArn}/${object.storeUserId}`;
    default:
      return `assignment/${object.accountId}/${object.permissionSetArn}/${object.storeGroupId}`;
  }
}
