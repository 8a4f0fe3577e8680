/** What search finds. */
export const searchMessages = {
  account: 'AWS account',
  permissionSet: 'AWS permission set',
  request: 'Request {{number}}',
  requestKind: 'AWS access request of {{team}}',
  inAccount: 'in',
  moreAccounts_one: 'and {{count}} more account',
  moreAccounts_other: 'and {{count}} more accounts',
} as const;
