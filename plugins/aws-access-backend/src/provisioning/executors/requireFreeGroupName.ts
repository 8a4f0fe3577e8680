import { foldName } from '../../planning/names/foldName';
import { collectPages } from '../../clouds/collectPages';
import { patience } from '../ProvisioningPace';
import { StepContext } from '../running/StepExecutor';
import { StepFailedError } from '../running/StepFailedError';
import { StepWaitError } from '../running/StepWaitError';

/**
 * No other group may look like the new one: SCIM merges groups by name, so a
 * look-alike would join the other group's access (security rule 13). Asked of
 * both clouds right before the creation; Graph finds names only without regard
 * to case, so compatibility forms are looked up in the inventory as well.
 *
 * @throws StepFailedError with the group that has the name
 * @throws StepWaitError while the name is about to become free
 */
export async function requireFreeGroupName(
  { clouds, stores, claim, pace, step }: StepContext,
  displayName: string,
  ownUniqueName: string,
): Promise<void> {
  const folded = foldName(displayName);
  const inEntra = [
    ...(await clouds.entra.findGroupsByDisplayName(displayName)),
    ...(folded === displayName
      ? []
      : await clouds.entra.findGroupsByDisplayName(folded)),
  ].filter(group => group.uniqueName !== ownUniqueName);
  if (inEntra.length > 0) {
    throw taken(displayName, `Entra (${inEntra[0].groupId})`);
  }
  const inStore = (await collectPages(clouds.aws.listStoreGroups())).find(
    group => foldName(group.displayName) === folded,
  );
  if (inStore) {
    // Its group in Entra was deleted; the copy must go before a new group of the
    // name comes, or SCIM would give the copy to the new one as it is.
    const leaves =
      inStore.externalId !== null &&
      !(await clouds.entra.getGroup(inStore.externalId));
    if (leaves) {
      throw new StepWaitError(
        `Waiting until the next SCIM cycle, up to 40 minutes, has taken the copy of an earlier group ${displayName} out of AWS`,
        patience(pace, step.attempts),
      );
    }
    throw taken(displayName, `IAM Identity Center (${inStore.groupId})`);
  }
  if (
    await stores.inventory.isGroupNameTaken(claim.organizationId, displayName)
  ) {
    throw taken(displayName, 'Entra or IAM Identity Center');
  }
}

function taken(displayName: string, where: string): StepFailedError {
  return new StepFailedError(
    `A group that is named like ${displayName} has appeared in ${where}. A second one of that name could give its members access they were not meant to have. Rename one of them, or ask again with another name.`,
  );
}
