import { PhasedIntent } from '../stores/IntentStore';

const CREATES = new Set([
  "graph:PATCH /groups(uniqueName='{uniqueName}')",
  'graph:POST /groups/{groupId}/members/$ref',
  'graph:POST /servicePrincipals/{id}/appRoleAssignedTo',
  'sso-admin:CreateAccountAssignment',
  'sso-admin:CreatePermissionSet',
]);
/**
 * No write: people agreed that what is there is looked after from now on
 * (security rule 18). It stands among the intents because both prove the same.
 */
export const ADOPTION = 'adopt';
/** Operations that take something away. */
export const REMOVING_OPERATIONS: ReadonlySet<string> = new Set([
  'graph:DELETE /groups/{groupId}',
  'graph:DELETE /groups/{groupId}/members/{userId}/$ref',
  'graph:DELETE /servicePrincipals/{id}/appRoleAssignedTo/{assignmentId}',
  'sso-admin:DeleteAccountAssignment',
  'sso-admin:DeletePermissionSet',
]);

/** What a write does to the object that its intent names. */
export function writeEffect(
  operation: string,
): 'creates' | 'removes' | 'changes' | 'adopts' {
  if (operation === ADOPTION) return 'adopts';
  if (CREATES.has(operation)) return 'creates';
  return REMOVING_OPERATIONS.has(operation) ? 'removes' : 'changes';
}

/**
 * What the recorded intents prove of the object that is there now, whichever
 * request did it (security rule 20): intent + absent before + present after =
 * made by this product, until a removal of it was seen; `adopted` = people agreed
 * that it is looked after from now on. Null = neither. A removal of unknown
 * outcome cannot have happened, when the object is there.
 *
 * @param intents - on the object, oldest first
 */
export function originOf(
  intents: Array<Pick<PhasedIntent, 'operation' | 'state' | 'before'>>,
): 'made' | 'adopted' | null {
  let origin: ReturnType<typeof originOf> = null;
  for (const { operation, state, before } of intents) {
    if (state === 'abandoned') continue;
    const effect = writeEffect(operation);
    if (effect === 'creates') origin = before === null ? 'made' : null;
    if (effect === 'adopts') origin = 'adopted';
    if (effect === 'removes' && state === 'confirmed') origin = null;
  }
  return origin;
}

/** Whether the object that is there now is this product's, made or adopted. */
export function provesOurs(
  intents: Array<Pick<PhasedIntent, 'operation' | 'state' | 'before'>>,
): boolean {
  return originOf(intents) !== null;
}
