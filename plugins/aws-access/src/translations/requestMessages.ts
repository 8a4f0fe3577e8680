/** Texts of the list of requests and of the request form. */
export const requestMessages = {
  state: {
    submitted: 'submitted',
    pending: 'waiting for approval',
    approved: 'approved',
    provisioning: 'being set up',
    propagating: 'waiting for AWS',
    active: 'usable',
    ending: 'being taken away',
    ended: 'ended',
    done: 'done',
    stuck: 'stuck',
    denied: 'refused by policy',
    rejected: 'rejected',
    withdrawn: 'withdrawn',
    lapsed: 'lapsed',
  },
  list: {
    title: 'Requests',
    inbox: 'Waiting for me',
    mine: 'Mine',
    all: 'All I may see',
    number: 'No.',
    what: 'Request',
    endedInPart: 'a part of it has ended',
    state: 'State',
    since: 'Changed',
    filterState: 'State',
    anyState: 'Any state',
    filterText: 'Filter what is loaded',
    more: 'Load more',
    shown: '{{number}} shown',
    emptyInboxTitle: 'Nothing waits for you',
    emptyInboxBody:
      'Requests that need your approval appear here, with what exactly would change.',
    emptyMineTitle: 'You have not asked for anything yet',
    emptyMineBody:
      'Requests that you file appear here and stay here after they end.',
    emptyAllTitle: 'No requests to show',
    emptyAllBody:
      'Requests of your teams, of accounts you own and of people you approve for appear here.',
    emptyFilter: 'No request matches the filter.',
  },
  kind: {
    access: 'Access to accounts',
    membership: 'Membership in an access group',
    elevation: 'Temporary elevation',
    permissionSet: 'A permission set',
    removal: 'Giving back or removing',
    adoption: 'Taking under management',
  },
  kindHint: {
    access: 'A permission set on accounts, for people or the whole team',
    membership: 'Everything that a group which exists already carries',
    elevation: 'For hours, given to people directly, usable within seconds',
    permissionSet: 'Design a new one, or change one that exists',
    removal: 'What the team or somebody no longer needs',
    adoption: 'What was made by hand shall be looked after here',
  },
  removal: {
    assignment: 'A permission set of a group on accounts',
    membership: 'People out of a group',
    elevation: 'Access that people have directly',
    accessGroup: 'An access group with everything in it',
    permissionSet: 'A permission set',
  },
  removalHint: {
    assignment:
      'Everybody in the group loses this permission set on these accounts, whoever assigned it.',
    membership:
      'They lose everything that the group carries, unless they have it in another way.',
    elevation:
      'They lose what was assigned to them directly, whoever assigned it.',
    accessGroup:
      'Its assignments and its members go with it. Only a group that was made or adopted here can be removed.',
    permissionSet:
      'It must not be assigned anywhere any more. Only one that was made or adopted here can be removed.',
  },
  adoption: {
    accessGroup: 'An access group, with what it carries',
    permissionSet: 'A permission set by itself',
  },
  adoptionHint: {
    accessGroup:
      'Nothing changes now: its members and assignments stay. From then on they are kept true here, and giving it back removes them. The owners of all its accounts are asked.',
    permissionSet:
      'Nothing changes now. From then on it can be changed and removed by requests, and giving it back removes it.',
  },
  design: {
    which: 'Which permission set',
    new: 'A new one',
    change: 'Change one that exists',
    changeHint:
      'It changes for everybody who has it, in every account. They and their approvers are in the preview.',
    copy: 'Start from',
    copyHint: 'Optional: the content of a permission set to begin with',
    name: 'Name',
    nameHint:
      'Up to 32 letters, digits or + = , . @ - _; it cannot be changed later',
    description: 'Description',
    descriptionHint: 'People read it in the AWS access portal',
    sessionDuration: 'Sessions last',
    sessionDurationHint:
      'A session that is open when access ends lives on for up to this long',
    managedPolicies: 'Policies that AWS manages',
    managedPoliciesHint:
      'One on each line, by name or ARN, such as ReadOnlyAccess',
    more: 'Policies in the accounts, boundary, relay state and tags',
    customerManagedPolicies: 'Policies in the accounts',
    customerManagedPoliciesHint:
      'One on each line, path and name, such as /teams/payments-read; it must exist in every account',
    permissionsBoundary: 'Permissions boundary',
    permissionsBoundaryHint:
      'The most that it can ever allow: the ARN of a policy that AWS manages, or path and name of one in the accounts',
    relayState: 'Page to open',
    relayStateHint:
      'A https address of an AWS console, such as https://console.aws.amazon.com/s3/',
    tags: 'Tags',
    tagsHint: 'One on each line, such as team=payments',
  },
  form: {
    title: 'Request AWS access',
    onBehalf: 'I file it for somebody else',
    onBehalfOf: 'For whom it is filed',
    onBehalfOfHint:
      'They are the requester then, and neither of you can decide on it',
    kind: 'What you ask for',
    change: 'Change {{number}}',
    addChange: 'Add another change',
    removeChange: 'Take out',
    removeChangeOf: 'Take out change {{number}}',
    who: 'For whom',
    whose: 'Whose',
    whoseHint: 'People who have it, and members of the team',
    anyPeople: 'Named people',
    whichAccounts: 'Which accounts',
    named: 'Named',
    byUnit: 'By organizational unit',
    byTag: 'By tag',
    allAccounts: 'All',
    tagKey: 'Tag',
    tagValue: 'Value of the tag',
    ceiling: 'At most this many accounts',
    ceilingHint: 'More than these are never taken in without a new approval',
    scopeHint:
      'It is kept true as accounts come and go. Management, delegated administrator and protected accounts are never in it; they must be named.',
    joinHint: 'Who joins gets everything that the group carries',
    remove: 'What is given back or removed',
    adopt: 'What is taken under management',
    lasting:
      'It takes effect when it is approved and has no end of its own; another request can change it back.',
    lastingAdoption:
      'It takes effect when it is approved and has no end of its own. From then on the access ends when it is given back: that takes it away, also what was there before.',
    myself: 'Myself',
    them: 'The person it is filed for',
    people: 'Named people of the team',
    wholeTeam: 'The whole team',
    wholeTeamHint: 'Everybody who is in the team when the plan is made.',
    justification: 'Why',
    justificationHint:
      'The approver reads this. Say what you need to do, not what you need to have.',
    ticket: 'Ticket',
    ticketHint: 'Optional: an incident or a change that this belongs to',
    submit: 'File the request',
    failedTitle: 'The request was not filed',
    failedBody:
      '{{message}} What you typed is still here; change it or try again. Trying again never files twice.',
    disabledIn: 'Change {{number}}: {{text}}',
    disabled: {
      team: 'Choose a team.',
      people: 'Choose who gets the access.',
      accounts: 'Choose at least one account.',
      organizationalUnit: 'Choose an organizational unit.',
      tag: 'Say which tag with which value.',
      ceiling: 'Say how many accounts at most.',
      permissionSet: 'Choose a permission set.',
      accessGroup: 'Choose an access group.',
      name: 'Give the permission set a name.',
      policy: 'Mend the policy: it is not JSON yet.',
      mixedTimes:
        'An elevation has an end, and a removal, an adoption or the change of a permission set has none: file them as two requests.',
      end: 'An elevation needs an end: choose how long.',
      invalid: 'Mend what is marked in the form.',
      duration: 'Choose how long.',
      justification: 'Say why.',
      preview: 'The plan is being worked out.',
      previewFailed: 'The plan could not be worked out; see the preview.',
      problems: 'The preview names something to mend first.',
      denied: 'The policy refuses this; see the preview.',
    },
  },
} as const;
