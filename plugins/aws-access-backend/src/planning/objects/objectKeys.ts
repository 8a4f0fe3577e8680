/** Names a membership of a group that exists, among the facts of a plan. */
export function membershipKey(groupKey: string, entraUserId: string): string {
  return `membership/${groupKey}/${entraUserId}`;
}

/** Names a group's place in the enterprise application, among the objects of a plan. */
export function applicationKey(groupKey: string): string {
  return `application/${groupKey}`;
}

/**
 * Names an assignment among the objects and facts of a plan.
 *
 * @param principal - key of the access group, or Entra object id of the person
 */
export function assignmentKey(
  principal: string,
  accountId: string,
  permissionSetArn: string,
): string {
  return `assignment/${principal}/${accountId}/${permissionSetArn}`;
}

/** What an effect is, whatever the document and the end. */
export function effectKey(effect: {
  entraUserId: string;
  permissionSetArn: string;
  accountId: string;
}): string {
  return `${effect.entraUserId}/${effect.permissionSetArn}/${effect.accountId}`;
}
