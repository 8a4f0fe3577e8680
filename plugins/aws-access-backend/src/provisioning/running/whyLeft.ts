import { LeaseObject, leaseObjectKey } from '../../leases/LeaseStore';
import {
  isProtectedGroupName,
  isProtectedPermissionSet,
  protectedAccountReason,
} from '../../planning/problems/protectedReason';
import { StepContext } from './StepExecutor';
import { StepFailedError } from './StepFailedError';
import { whyKept } from './whyKept';
import { whyTaken } from './whyTaken';
import { provesOurs } from './writeEffect';

/** What a removal step is about. */
export interface LeavingObject {
  object: LeaseObject;
  /** For people: "ReadOnly in data-prod". */
  name: string;
  /** Names by which the configuration may protect it. */
  groupName?: string;
  permissionSetName?: string;
  /**
   * Looks whether it is there. What it takes away may end a request that made the
   * object, and that request may be first.
   */
  isThere?: () => Promise<boolean>;
}

/**
 * Whether the step removes what people agreed to remove, and not what a lease
 * that has ended leaves behind.
 */
export function isApprovedRemoval({ step }: Pick<StepContext, 'step'>) {
  return step.phase === 'grant';
}

/**
 * Why a removal leaves its object alone; undefined = it may be removed. At the
 * end of a lease see whyKept. An approved removal takes the object whoever made
 * it; only groups and permission sets must be ours, made or adopted, because others may use them
 * for what this product does not see.
 *
 * @throws StepFailedError when no approval may remove it
 */
export async function whyLeft(
  context: StepContext,
  leaving: LeavingObject,
): Promise<string | undefined> {
  const { stores, step } = context;
  const { object, name } = leaving;
  const objectKey = leaseObjectKey(object);
  if (!isApprovedRemoval(context)) {
    const kept = await whyKept(stores, {
      organizationId: step.organizationId,
      requestId: step.requestId,
      objectKey,
    });
    if (!kept) return undefined;
    const taken = await whyTaken(context, { objectKey, name });
    return taken ?? `${name} is ${kept}`;
  }
  const isProtected = await whyProtected(context, leaving);
  if (isProtected) {
    throw new StepFailedError(
      `${name} cannot be removed by any approval: ${isProtected}`,
    );
  }
  if (object.kind === 'accessGroup' || object.kind === 'permissionSet') {
    const intents = await stores.provisioning.intents.listOfObject(
      step.organizationId,
      objectKey,
    );
    if (!provesOurs(intents) && (await leaving.isThere?.()) !== false) {
      throw new StepFailedError(
        `${name} was not made by this product, which therefore does not delete it`,
      );
    }
  }
  return undefined;
}

async function whyProtected(
  { config, stores, step }: StepContext,
  { object, groupName, permissionSetName }: LeavingObject,
): Promise<string | null> {
  if (object.kind === 'accountAssignment' || object.kind === 'userAssignment') {
    const organization = await stores.organizations.get(step.organizationId);
    const reason = protectedAccountReason(
      object.accountId,
      config,
      organization?.pins ?? null,
    );
    if (reason) return `of its account, ${reason}`;
  }
  if (groupName !== undefined && isProtectedGroupName(groupName, config)) {
    return 'its group is protected by the configuration';
  }
  const arn =
    object.kind === 'permissionSet'
      ? object.arn
      : 'permissionSetArn' in object && object.permissionSetArn;
  return arn &&
    permissionSetName !== undefined &&
    isProtectedPermissionSet({ arn, name: permissionSetName }, config)
    ? 'its permission set is protected by the configuration'
    : null;
}
