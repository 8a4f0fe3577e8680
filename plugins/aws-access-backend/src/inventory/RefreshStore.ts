import { InventoryPart } from 'backstage-plugin-aws-access-common';
import { LeaseObject } from '../leases/LeaseStore';

/** The last refresh of an organization; moments are ISO-8601. */
export interface RefreshRow {
  running: boolean;
  startedAt: string | null;
  finishedAt: string | null;
  progress: RefreshProgress | null;
}

/** How far the reading of one part is, in items of that part. */
export interface RefreshProgress {
  part: InventoryPart;
  done: number;
  /** Null = not known yet. */
  total: number | null;
}

/** Something whose rows can be read again by themselves. */
export type InventoryObject =
  | { kind: 'assignments'; accountId: string; permissionSetArn: string }
  | { kind: 'permissionSet'; arn: string }
  /** With its members, on both sides of SCIM. */
  | { kind: 'group'; entraGroupId: string };

/**
 * Who refreshes what, across replicas: one of them at a time per organization,
 * by the database's time.
 */
export interface RefreshStore {
  get(organizationId: string): Promise<RefreshRow>;
  /** Asks for a refresh; whoever looks next begins it. */
  request(organizationId: string): Promise<void>;
  /**
   * Begins a refresh where one was asked for or is due, and none runs.
   *
   * @param everySeconds - a refresh is due when the last one began so long ago
   * @param worker - nobody else may hold the claim on the organization: what is
   *   read and what is carried out share one rate
   * @returns when it began, or undefined where there is nothing to do
   */
  begin(
    organizationId: string,
    runner: string,
    everySeconds: number,
    worker?: string,
  ): Promise<string | undefined>;
  /**
   * Says how far it is, and that it is alive.
   *
   * @param worker - as for `begin`
   * @returns false when another replica has taken over
   */
  progress(
    organizationId: string,
    runner: string,
    progress: RefreshProgress | null,
    worker?: string,
  ): Promise<boolean>;
  /** Leaves it unfinished: another replica may begin it again at once. */
  abandon(organizationId: string, runner: string): Promise<void>;
  finish(organizationId: string, runner: string): Promise<void>;
  /** Remembers what was read again by itself. */
  recordPatches(
    organizationId: string,
    objects: InventoryObject[],
  ): Promise<void>;
  /** What was read again since then; forgets what is older. */
  takePatchesSince(
    organizationId: string,
    since: string,
  ): Promise<InventoryObject[]>;
}

/**
 * The rows that a change of the lease's object touches; none while the object
 * has no id.
 */
export function inventoryObjectsOf(object: LeaseObject): InventoryObject[] {
  if (object.kind === 'accountAssignment' || object.kind === 'userAssignment') {
    const { accountId, permissionSetArn } = object;
    return [{ kind: 'assignments', accountId, permissionSetArn }];
  }
  if (object.kind === 'permissionSet') {
    const { arn } = object;
    return arn === null ? [] : [{ kind: 'permissionSet', arn }];
  }
  const { entraGroupId } = object;
  return entraGroupId === null ? [] : [{ kind: 'group', entraGroupId }];
}

/** By which the same object is known as the same. */
export function inventoryObjectKey(object: InventoryObject): string {
  switch (object.kind) {
    case 'assignments':
      return `assignments/${object.accountId}/${object.permissionSetArn}`;
    case 'permissionSet':
      return `permissionSet/${object.arn}`;
    default:
      return `group/${object.entraGroupId}`;
  }
}
