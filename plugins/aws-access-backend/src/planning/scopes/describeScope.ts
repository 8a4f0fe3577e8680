import { AccountScope } from 'backstage-plugin-aws-access-common';

/** A scope as a phrase. Pure. */
export function describeScope(scope: AccountScope): string {
  switch (scope.kind) {
    case 'organizationalUnit':
      return `the organizational unit ${scope.id} and the units in it`;
    case 'tag':
      return `accounts tagged ${scope.key} = ${scope.value}`;
    case 'all':
      return 'all accounts';
    default:
      return 'the named accounts';
  }
}
