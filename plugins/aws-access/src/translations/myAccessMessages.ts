/** Texts of "My AWS access". */
export const myAccessMessages = {
  title: 'My AWS access',
  usable: 'Usable now',
  onItsWay: 'On its way',
  endingSoon: 'Ending soon',
  recentlyEnded: 'Recently ended',
  count: '{{title}} ({{number}})',
  column: {
    account: 'Account',
    permissionSet: 'Permission set',
    until: 'Until',
    actions: 'Actions',
  },
  viaDirect: 'assigned directly',
  viaMissing: 'a group that no longer exists',
  leaving: 'being taken away',
  arriving: 'in the group, not yet in AWS',
  openConsoleOf: 'Open console of {{account}} as {{permissionSet}}',
  cli: 'CLI',
  cliOf: 'Copy an AWS CLI profile for {{account}} as {{permissionSet}}',
  cliCopied: 'Copied',
  cliFailed: 'Could not copy',
  giveBackOf: 'Give back {{account}} as {{permissionSet}}',
  extendOf: 'Ask for more time as {{permissionSet}} in {{account}}',
  askAgain: 'Ask again',
  waitingFor: 'waiting for {{stages}}',
  emptyTitle: 'You have no AWS access yet',
  emptyBody:
    'Accounts that you can sign in to appear here, with the console link and a CLI profile. Ask for access on behalf of your team to get the first.',
  emptyIncomplete:
    'Nothing is known to be yours, but a part of the inventory is incomplete: access may exist that is not shown.',
} as const;
