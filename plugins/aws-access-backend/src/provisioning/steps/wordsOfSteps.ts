import { StepInputs, StepMember } from './stepInputs';

/** "ReadOnly of Ana Alves in data-prod (555566667777)". */
export function assignmentLabel(
  assignment: Omit<StepInputs['ensureAssignment'], 'isThere' | 'principal'> & {
    principal: { displayName: string };
  },
): string {
  return `${assignment.permissionSetName} of ${assignment.principal.displayName} in ${assignment.accountName} (${assignment.accountId})`;
}

/** "Ana Alves and Ben Brandt", or a count where a list would not be read. */
export function people(members: StepMember[]): string {
  const names = members.map(member => member.displayName);
  if (names.length === 0) return 'nobody';
  if (names.length > 3) return `${names.length} people`;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}
