import { StepContext } from '../running/StepExecutor';
import { StepMember } from '../steps/stepInputs';
import { people } from '../steps/wordsOfSteps';

/**
 * Looks people up in the identity store, by the Entra id that SCIM wrote. Users do
 * not change their ids, so that each is looked up once in a step.
 */
export async function findStoreUsers(
  { clouds, step }: StepContext,
  members: StepMember[],
): Promise<{ storeUserIds: Record<string, string>; unknown: StepMember[] }> {
  const storeUserIds: Record<string, string> = {
    ...(step.result?.storeUserIds as Record<string, string> | undefined),
  };
  const unknown: StepMember[] = [];
  for (const member of members) {
    if (storeUserIds[member.entraUserId]) continue;
    const user = await clouds.aws.findStoreUserByExternalId(member.entraUserId);
    if (user) storeUserIds[member.entraUserId] = user.userId;
    else unknown.push(member);
  }
  return { storeUserIds, unknown };
}

/** What is known of people whom AWS does not know. */
export function sayUnknown(unknown: StepMember[]): string {
  return `AWS does not know ${people(
    unknown,
  )}. Entra leaves out people without first name, last name, display name or user name`;
}
