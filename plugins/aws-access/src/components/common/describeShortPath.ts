import { AccessPath } from 'backstage-plugin-aws-access-common';
import { Texts } from '../../hooks/useTexts';

/** Through what somebody has access, in a few words: the group's name mostly. */
export function describeShortPath(path: AccessPath, t: Texts): string {
  switch (path.via) {
    case 'group':
      return path.groupName;
    case 'direct':
      return t('myAccess.viaDirect');
    default:
      return t('myAccess.viaMissing');
  }
}
