/** Texts of the operators' page. */
export const operationsMessages = {
  title: 'Operations',
  asOf: 'as of',
  health: {
    ok: 'ok',
    degraded: 'degraded',
    held: 'held',
    stopped: 'stopped',
    down: 'down',
  },
  since: 'since',
  writes: { off: 'reading only', 'dry-run': 'dry run' },
  worker:
    'A replica is at work (worker number {{epoch}} since the first start)',
  noWorker: 'No replica is at work',
  noWorkerBody:
    'Nothing is set up or taken away until one takes over. If this lasts longer than a minute, look whether the backend runs and reaches its database.',
  credentials: 'Credentials',
  awsCredentials: {
    default: 'What the AWS SDK finds on this machine',
    assumeRole: 'A role that is assumed',
    accessKey: 'An access key',
  },
  account: {
    management: 'in the management account',
    delegated: 'in a delegated administrator account',
    unknown: 'in an account that is not known yet',
  },
  cannot: 'AWS does not let it:',
  cannotListByPrincipal:
    'ask what one group or person has. Everything is read account by account, which takes more calls; in a large organization, what somebody else gives a group past this portal is seen at the next refresh.',
  cannotTouchShared:
    'touch permission sets that are also assigned in the management account. Requests for them are refused before anybody is asked.',
  canAll:
    'AWS lets it do everything that its role may. The management account itself stays protected.',
  entraCredentials: {
    accessToken: 'A token, for emulators',
    clientSecret: 'A client secret',
    certificate: 'A certificate',
    workloadIdentity: 'The identity of the workload',
    managedIdentity: 'The managed identity of the machine',
  },
  ends: 'ends',
  cannotAssignApplication:
    'It does not let groups into the enterprise application: somebody else does, and requests wait for that.',
  cannotHurryScim:
    'Who leaves a group in Entra leaves it in AWS with the next provisioning cycle: no credentials can hurry that.',
  checked: 'Tried',
  notChecked: 'Not tried yet.',
  queue: 'Queue',
  figure: {
    approved: 'approved, not started',
    settingUp: 'being set up',
    takingAway: 'being taken away',
    openSteps: 'open steps',
    waitingSteps: 'waiting for a cloud',
    retriedSteps: 'refused for now, tried again',
    unconfirmedWrites: 'writes not seen in a cloud yet',
  },
  oldest: 'the longest waiting since',
  unconfigured: '{{id}} is not in the configuration, and access is live there',
  unconfiguredBody:
    'Requests that hold access: {{requests}}, past their end: {{overdue}}. Nothing is taken away. Configure the organization again, or take the access away in the clouds by hand.',
  throttling: 'Throttling',
  throttlingOf: 'Only calls of this replica, {{replica}}, counted since',
  throttlingWhose: {
    worker: 'It works for this organization.',
    other:
      'Another replica works for this organization: its calls, which are most, are not in these figures. The metric aws_access.cloud.throttled has those of all.',
    none: 'No replica works for this organization now. The metric aws_access.cloud.throttled has the calls of all.',
    readers:
      'Others may read this organization too: their calls are not in these figures. The metric aws_access.cloud.throttled has those of all.',
  },
  service: {
    'sso-admin': 'IAM Identity Center',
    identitystore: 'Identity store',
    organizations: 'AWS Organizations',
    graph: 'Microsoft Graph',
  },
  refused: '{{refused}} refused in the last hour',
  pace: 'at most {{now}} of {{full}} a second now',
  paceSilent:
    'nothing now, because the cloud asks to be left alone; else {{full}} a second',
  stops: 'Stops',
  noStops: 'Nothing is stopped.',
  stopKind: {
    grants: 'Everything that gives access is stopped',
    everything: 'All writes are stopped, removals too',
  },
  stopBody: '{{reason}} (by {{by}})',
  stopEnds: 'ends by itself',
  stopGrants: 'Stop what gives access…',
  stopEverything: 'Stop all writes…',
  resume: 'Resume',
  stopGrantsTitle: 'Stop everything that gives access?',
  stopGrantsBody:
    'Nothing is given: approved requests and those under way wait before their next write, and say so. Access still ends on time. Who sees such a request reads the reason there.',
  stopEverythingTitle: 'Stop all writes, removals too?',
  stopEverythingBody:
    'Nothing is given and nothing is taken away: access whose time is over stays until writes go on. Who sees a request that waits reads the reason there.',
  stopConfirm: 'Stop',
  duration: 'For how long',
  durationHint: 'It ends by itself after that.',
  resumeFailed: 'Writes were not resumed',
  held: 'Waiting for your word',
  release: 'Go on, take it away',
  heldLeavers: '{{people}} people with access seem to have left Entra at once',
  heldLeaversBody:
    'Nothing of what they have has ended yet. Look in Entra whether they are really disabled or deleted: it may be a mistake there, or a wrong answer. Entra does not let them in meanwhile, and access still ends when its time is over.',
  goOn: 'Go on',
  goOnFailed: 'It does not go on',
  atLimit: 'So much was written in an hour that the rest waits',
  limits:
    'In the last hour: {{writes}} of at most {{mostWrites}} writes, {{removals}} of at most {{mostRemovals}} removals',
  stuck: 'Stuck',
  stuckNone: 'Nothing is stuck',
  stuckNoneBody:
    'Requests that a person must look at would be here, with the step that failed and the cloud’s words.',
  overdue: 'Past their end',
  waitsForScim:
    'On its way: gone in Entra, and AWS follows with the next cycle of SCIM, within 40 minutes. Until then nothing is late.',
  overdueNone: 'Everything ended on time',
  overdueNoneBody:
    'Access that outlives its end, or was taken back and is not gone, would be here, the longest overdue first.',
  column: {
    request: 'Request',
    state: 'State',
    since: 'Since',
    end: 'Should have ended',
    why: 'What keeps it',
  },
  cloudSaid: 'The cloud said: {{message}}',
} as const;
