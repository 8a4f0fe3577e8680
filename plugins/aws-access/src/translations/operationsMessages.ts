/** Texts of the operators' page. */
export const operationsMessages = {
  title: 'Operations',
  asOf: 'as of',
  health: {
    ok: 'ok',
    degraded: 'degraded',
    held: 'held',
    unreached: 'not reached',
  },
  writes: { off: 'reading only', 'dry-run': 'dry run' },
  worker: 'A replica is at work (take-over {{epoch}})',
  noWorker: 'No replica is at work',
  noWorkerBody:
    'Nothing is set up or taken away until one takes over. If this lasts longer than a minute, look whether the backend runs and reaches its database.',
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
    'Approved requests do not start, and those under way wait. Access still ends on time.',
  stopEverythingTitle: 'Stop all writes, removals too?',
  stopEverythingBody:
    'Nothing is given and nothing is taken away: access whose time is over stays until writes go on.',
  stopConfirm: 'Stop',
  duration: 'For how long',
  durationHint: 'It ends by itself after that.',
  resumeFailed: 'Writes were not resumed',
  stuck: 'Stuck',
  stuckNone: 'Nothing is stuck',
  stuckNoneBody:
    'Requests that a person must look at would be here, with the step that failed and the cloud’s words.',
  overdue: 'Past their end',
  overdueNone: 'Everything ended on time',
  overdueNoneBody:
    'Access that outlives its end would be here, the longest overdue first.',
  column: {
    request: 'Request',
    state: 'State',
    since: 'Since',
    end: 'Should have ended',
    why: 'What keeps it',
  },
  cloudSaid: 'The cloud said: {{message}}',
} as const;
