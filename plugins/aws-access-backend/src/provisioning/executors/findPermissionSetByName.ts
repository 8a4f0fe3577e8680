import { unlessMissing } from '../../clouds/unlessMissing';
import { StepContext } from '../running/StepExecutor';

/**
 * The ARN of the permission set that has the name; undefined = none has it. AWS
 * finds no permission set by its name, so each one is looked at, except for those
 * that the inventory knows: a name never changes.
 */
export async function findPermissionSetByName(
  { clouds, stores, step }: StepContext,
  name: string,
): Promise<string | undefined> {
  for await (const arns of clouds.aws.listPermissionSetArns()) {
    for (const arn of arns) {
      const known = await stores.inventory.getPermissionSet(
        step.organizationId,
        arn,
      );
      const found =
        known?.name ??
        (await unlessMissing(() => clouds.aws.describePermissionSet(arn)))
          ?.name;
      if (found === name) return arn;
    }
  }
  return undefined;
}
