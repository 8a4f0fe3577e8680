import {
  getRequestFlags,
  PolicyResponse,
  PreviewResponse,
  RequestDetail,
  RequestState,
  RequestSummary,
  RequestViewer,
  REQUEST_STATES,
  Step,
} from 'backstage-plugin-aws-access-common';
import {
  accountOwnerStage,
  ana,
  dataProd,
  findings,
  minutesFromNow,
  otto,
  plan,
  powerUser,
} from './fixtureParts';

export * from './accessFixtures';
export * from './fixtureParts';
export * from './planFixtures';

const NOBODY: RequestViewer = {
  isRequester: false,
  benefits: false,
  isEligibleApprover: false,
  hasDecided: false,
  isOperator: false,
  canRevoke: false,
  isUserThemselves: true,
};

/** Who looks at a request. */
export const viewers = {
  requester: { ...NOBODY, isRequester: true, benefits: true },
  approver: { ...NOBODY, isEligibleApprover: true, canRevoke: true },
  teammate: NOBODY,
} satisfies Record<string, RequestViewer>;

const STEP_TITLES: Array<[Step['kind'], string]> = [
  ['ensureAccessGroup', 'Create the group AWS-Payments-PowerUser-data'],
  ['awaitIdentityStoreGroup', 'Wait until AWS knows the group'],
  ['ensureAssignment', 'Assign PowerUser in data-prod'],
  ['verify', 'Check that it is usable'],
];

function steps(done: number, current?: Partial<Step>): Step[] {
  return STEP_TITLES.map(([kind, title], index) => {
    const isDone = index < done;
    return {
      id: kind,
      kind,
      title,
      state: isDone ? 'done' : 'pending',
      detail: null,
      cloudMessage: null,
      attempts: isDone ? 1 : 0,
      startedAt: isDone ? minutesFromNow(-10) : null,
      finishedAt: isDone ? minutesFromNow(-9) : null,
      ...(index === done ? current : {}),
    };
  });
}

const isDecided = (state: RequestState) =>
  ![
    'submitted',
    'pending',
    'denied',
    'rejected',
    'withdrawn',
    'lapsed',
  ].includes(state);

const STEPS: Partial<Record<RequestState, Step[]>> = {
  approved: steps(0),
  provisioning: steps(0, { state: 'running', attempts: 1 }),
  propagating: steps(1, {
    state: 'waiting',
    attempts: 3,
    detail: 'SCIM has not carried the group to AWS yet.',
  }),
  active: steps(4),
  ending: steps(4),
  ended: steps(4),
  stuck: steps(2, {
    state: 'failed',
    attempts: 5,
    detail: 'AWS refused the assignment: access denied.',
  }),
};

/** The example request in a given state, as somebody sees it. */
export function aRequest(
  state: RequestState,
  viewer: RequestViewer = viewers.requester,
  overrides: Partial<RequestDetail> = {},
): RequestDetail {
  const decided = isDecided(state);
  const started = decided && state !== 'approved';
  return {
    id: `request-${state}`,
    number: 1030 + REQUEST_STATES.indexOf(state),
    organizationId: 'parcel',
    state,
    stateReason:
      state === 'stuck' ? 'AWS refused the assignment: access denied.' : null,
    version: 3,
    title: 'Ana Alves asks for PowerUser on data-prod for 4 hours',
    requester: { entityRef: ana.entityRef!, displayName: ana.displayName },
    team: 'group:default/payments',
    accounts: [dataProd],
    permissionSets: [powerUser],
    people: [ana],
    duration: 'PT4H',
    createdAt: minutesFromNow(-20),
    updatedAt: minutesFromNow(-5),
    startsAt: started ? minutesFromNow(-9) : null,
    endsAt: started ? minutesFromNow(231) : null,
    waitingFor: state === 'pending' ? ['account owner'] : [],
    flags: getRequestFlags(state, viewer),
    justification: 'Rotate the leaked key',
    ticket: 'INC-311',
    changes: [],
    plan,
    planVersion: 1,
    planDigest: 'a'.repeat(64),
    findings,
    stages: [{ ...accountOwnerStage, have: decided ? 1 : 0 }],
    overlaps: [],
    copyOf: null,
    extensionOf: null,
    decisions: decided
      ? [
          {
            verdict: 'approve',
            ...otto,
            at: minutesFromNow(-11),
            reason: null,
            planVersion: 1,
          },
        ]
      : [],
    steps: STEPS[state] ?? [],
    timeline: [
      {
        sequence: 1,
        at: minutesFromNow(-20),
        kind: 'filed',
        actor: { entityRef: ana.entityRef!, displayName: ana.displayName },
        text: 'Ana Alves filed the request.',
      },
      {
        sequence: 2,
        at: minutesFromNow(-20),
        kind: 'planned',
        actor: null,
        text: 'Plan version 1 asks for the account owner.',
      },
    ],
    openSessionsUntil: state === 'ended' ? minutesFromNow(40) : null,
    consoleUrls:
      state === 'active'
        ? [
            {
              accountId: dataProd.id,
              url: 'https://d-99670e1a2b.awsapps.com/start/#/console?account_id=555566667777',
            },
          ]
        : [],
    ...overrides,
  };
}

/** The part of a request that a list shows. */
export function aSummary(request: RequestDetail): RequestSummary {
  const {
    id,
    number,
    organizationId,
    state,
    stateReason,
    version,
    title,
    requester,
    team,
    accounts,
    permissionSets,
    people,
    duration,
    createdAt,
    updatedAt,
    startsAt,
    endsAt,
    waitingFor,
    flags,
  } = request;
  return {
    id,
    number,
    organizationId,
    state,
    stateReason,
    version,
    title,
    requester,
    team,
    accounts,
    permissionSets,
    people,
    duration,
    createdAt,
    updatedAt,
    startsAt,
    endsAt,
    waitingFor,
    flags,
  };
}

/** The example request in every state there is. */
export const requestsInEveryState = REQUEST_STATES.map(state =>
  aRequest(state),
);

export const preview: PreviewResponse = {
  outcome: 'needsApproval',
  plan,
  digest: 'a'.repeat(64),
  stages: [accountOwnerStage],
  problems: [],
  denials: [],
  asOf: minutesFromNow(-2),
  overlaps: [],
};

export const policy: PolicyResponse = {
  defaultStage: 'account owner (1 of accountOwner)',
  rules: [
    {
      name: 'powerful access to production',
      when: ['the environment is prod', 'the access level is admin or power'],
      does: ['asks security (1 of user:default/sia)', 'allows at most 12 hr'],
    },
  ],
  ownPolicies: [],
};
