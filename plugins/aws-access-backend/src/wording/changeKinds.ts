import { Change } from 'backstage-plugin-aws-access-common';

const WORDS: Record<Change['kind'], string> = {
  accessGroup: 'an access group',
  membership: 'people into an access group',
  elevation: 'an elevation',
  permissionSet: 'a permission set',
  assignment: 'an assignment',
  removeAccessGroup: 'the removal of an access group',
  removeMembership: 'people out of an access group',
  removeElevation: 'the removal of an elevation',
  removePermissionSet: 'the removal of a permission set',
  removeAssignment: 'the removal of an assignment',
  adoptAccessGroup: 'an access group taken under management',
  adoptPermissionSet: 'a permission set taken under management',
};

/** What a change asks for: "a permission set", "the removal of an assignment". */
export function changeKindLabel(kind: Change['kind']): string {
  return WORDS[kind];
}
