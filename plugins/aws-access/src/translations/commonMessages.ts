/** Words that appear on every screen. */
export const commonMessages = {
  environment: {
    prod: 'production',
    staging: 'staging',
    dev: 'development',
    sandbox: 'sandbox',
    unknown: 'unknown',
  },
  accessLevel: {
    admin: 'admin',
    power: 'power',
    write: 'write',
    read: 'read',
    billing: 'billing',
    custom: 'custom',
  },
  severity: {
    high: 'high',
    medium: 'medium',
    low: 'low',
    info: 'info',
  },
  verdict: {
    managed: {
      word: 'managed',
      hint: 'An approved request of this portal made it.',
    },
    adopted: {
      word: 'adopted',
      hint: 'Somebody else made it; an approved request took it under management.',
    },
    unmanaged: {
      word: 'unmanaged',
      hint: 'Exists in the clouds; no request of this portal wants it.',
    },
    orphaned: {
      word: 'orphaned',
      hint: 'No request wants it, and its group or user is gone.',
    },
    drifted: {
      word: 'drifted',
      hint: 'A request wants it, and the clouds have it otherwise.',
    },
  },
  inventoryPart: {
    accounts: 'accounts',
    permissionSets: 'permission sets',
    assignments: 'assignments',
    identityStore: 'AWS users and groups',
    entraUsers: 'Entra users',
    entraGroups: 'Entra groups',
    enterpriseApplication: 'enterprise application',
  },
  freshness: {
    never: 'not read yet',
    asOf: 'as of {{age}}',
    complete: 'complete',
    completeBut:
      'complete but for direct assignments: {{unread}} of {{pairs}} pairs not yet read',
    directAsOf:
      'Assignments made directly to people are read in turns, the oldest of them {{age}}.',
    directUnread:
      'Assignments made directly to people are still being read, {{read}} of {{pairs}} so far.',
    stale: 'older than it should be',
    incomplete: '{{parts}} incomplete',
    incompleteBecause: '{{parts}} incomplete ({{reason}})',
    refresh: 'Refresh',
    refreshing: 'Refreshing',
    readingPart: 'reading {{part}}, {{done}} so far',
    refreshFailed: 'The refresh could not be started: {{message}}',
  },
  time: {
    now: 'just now',
    left: '{{duration}} left',
    standing: 'standing',
    ended: 'ended',
  },
  action: {
    cancel: 'Cancel',
    tryAgain: 'Try again',
    requestAccess: 'Request access',
    openConsole: 'Open console',
    giveBack: 'Give back',
    filter: 'Filter',
  },
  organization: {
    label: 'Organization',
    all: 'All of them',
  },
  error: {
    whatHappened: 'What happened: {{message}}',
    loadTitle: 'This could not be loaded',
    loadNothingChanged:
      'Nothing was changed. Try again, or come back in a minute.',
    refetchTitle: 'The newest state could not be loaded',
    refetchBody:
      'What you see is from before. Nothing was changed. ({{message}})',
    forbiddenTitle: 'You may not see this',
    forbiddenBody:
      'Nothing was changed. A lead of the team, the owner of the account or a portal administrator can help. ({{message}})',
    noSuchPageTitle: 'There is no such page',
    noSuchPageBody:
      'The address may be mistyped, or the page may have moved. The tabs above lead to everything there is for you.',
    toMyAccess: 'Go to my AWS access',
    notFoundTitle: 'Not found, or not yours to see',
    notFoundBody:
      'The address may be mistyped, or this belongs to a team that you are not in. The person who sent you the link can tell you which.',
  },
} as const;
