import {
  Change,
  FINAL_REQUEST_STATES,
  Plan,
  RequestState,
} from 'backstage-plugin-aws-access-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { AwsAccessConfig } from '../config/AwsAccessConfig';
import { DatabaseStores } from '../database/DatabaseStores';
import { digestOf } from '../digest/digestOf';
import { NO_SEALS } from '../integrity/Seals';
import { PersonDirectory } from '../people/PersonDirectory';
import { PolicyOutcome, RequiredStage } from '../policy/PolicyOutcome';
import { keysOfStages, requestKey } from '../requests/stores/requestKeys';
import { isBeginning, requestWords } from '../requests/stores/requestWords';
import {
  example,
  exampleConfig,
  exampleDocument,
  examplePins,
} from './examplePlan';
import {
  LargeCatalog,
  PEOPLE,
  personId,
  SECURITY,
  teamRef,
  TEAMS,
  userRef,
} from './LargeCatalog';
import { InventoryWriter } from './InventoryWriter';

const ACCOUNTS = 200;
const OWNERS = 20;
/** Of a hundred requests in a company: what is still open, and how the rest ended. */
const STATES: RequestState[] = [
  ...Array<RequestState>(2).fill('pending'),
  ...Array<RequestState>(3).fill('active'),
  'stuck',
  ...Array<RequestState>(8).fill('rejected'),
  ...Array<RequestState>(4).fill('withdrawn'),
  ...Array<RequestState>(82).fill('ended'),
];
const MINUTE_MS = 60_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');

const ownerRef = (n: number) => `user:default/owner-${n % OWNERS}`;
const accountId = (n: number) => String(100_000_000_000 + (n % ACCOUNTS));
const isProduction = (n: number) => (n % ACCOUNTS) % 2 === 0;

/** A company with many requests, and its catalog; for tests and benchmarks of size. */
export class LargeCompany {
  readonly config: AwsAccessConfig = exampleConfig();
  readonly directory: PersonDirectory = new LargeCatalog();

  /** Fills an inventory and so many requests with their plans and events. */
  async fill(knex: Knex, count: number): Promise<void> {
    const stores = new DatabaseStores(knex, NO_SEALS);
    await fillInventory(stores, new InventoryWriter(knex));
    const words = new Set<string>();
    for (let start = 1; start <= count; start += 500) {
      const rows = emptyRows();
      for (let n = start; n < start + 500 && n <= count; n++) {
        addRequest(rows, n)
          .filter(isBeginning)
          .forEach(word => words.add(word));
      }
      await knex.transaction(async transaction => {
        for (const [table, values] of Object.entries(rows)) {
          await transaction.batchInsert(`aws_access_${table}`, values, 500);
        }
      });
    }
    await knex.batchInsert(
      'aws_access_request_words',
      [...words].map(word => ({ word })),
      100,
    );
    // As the databases do by themselves before long.
    await knex.raw('ANALYZE');
  }
}

async function fillInventory(
  { organizations }: DatabaseStores,
  inventory: InventoryWriter,
) {
  const id = example.organizationId;
  await organizations.pin(examplePins);
  await inventory.replaceAccounts(
    id,
    Array.from({ length: ACCOUNTS }, (_, n) => ({
      accountId: accountId(n),
      name: `account-${n}`,
      email: null,
      state: 'ACTIVE',
      joinedAt: null,
      ouPath: [],
      tags: {
        environment: isProduction(n) ? 'prod' : 'dev',
        owner: ownerRef(n),
      },
    })),
  );
  const document = exampleDocument('ReadOnly', ['ReadOnlyAccess']);
  await inventory.replacePermissionSets(id, [
    {
      arn: example.readOnly,
      name: 'ReadOnly',
      document,
      documentDigest: digestOf(document),
    },
  ]);
}

/** A number that looks like chance, and is the same each time. */
function scatter(n: number, salt: number): number {
  const mixed = Math.imul(n ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  return (Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 7) & 0xffffff;
}

type Rows = Record<string, object[]>;

/** In an order in which what is referred to comes first. */
function emptyRows(): Rows {
  return {
    requests: [],
    request_plans: [],
    request_people: [],
    request_accounts: [],
    request_asked: [],
    request_keys: [],
    decisions: [],
    timeline: [],
    leases: [],
  };
}

/** @returns the words under which it is found */
function addRequest(rows: Rows, n: number): string[] {
  const id = randomUUID();
  const state = STATES[scatter(n, 1) % STATES.length];
  const at = new Date(START + n * MINUTE_MS).toISOString();
  const person = scatter(n, 2);
  const requester = userRef(person);
  const team = teamRef(person % PEOPLE);
  const gaining = [
    requester,
    ...(n % 3 === 0 ? [userRef(person + TEAMS)] : []),
  ];
  const account = scatter(n, 3) % ACCOUNTS;
  const accounts = n % 4 === 0 ? [account, account + 1] : [account];
  const stages = stagesOf(accounts);
  const plan = planOf(gaining, accounts);
  const digest = digestOf({ n });
  const approver = ownerRef(accounts[0]);
  const asked = [approver, ...(stages.length > 1 ? SECURITY : [])];
  const isDecided = state !== 'pending' && state !== 'withdrawn';

  rows.requests.push({
    id,
    number: n,
    organization_id: example.organizationId,
    state,
    state_reason: null,
    version: 3,
    plan_version: 1,
    plan_digest: digest,
    requester_ref: requester,
    requester_person_id: personId(requester),
    filer_ref: requester,
    filer_person_id: personId(requester),
    actor: null,
    team_ref: team,
    title: `${requester} asks for ReadOnly in ${accounts.length} accounts`,
    justification: 'The numbers of the month look wrong',
    ticket: null,
    duration: 'PT8H',
    changes: JSON.stringify(changesOf(gaining, accounts)),
    idempotency_key: id,
    body_digest: digest,
    created_at: at,
    updated_at: at,
    approved_at: isDecided && state !== 'rejected' ? at : null,
    starts_at: isDecided && state !== 'rejected' ? at : null,
    ends_at: isDecided && state !== 'rejected' ? at : null,
  });
  rows.request_plans.push({
    request_id: id,
    version: 1,
    digest,
    plan: JSON.stringify(plan),
    policy: JSON.stringify(policyOf(stages)),
    computed_at: at,
  });
  const ofPlan = { request_id: id, plan_version: 1 };
  for (const ref of gaining) {
    rows.request_people.push({
      ...ofPlan,
      entra_user_id: personId(ref),
      entity_ref: ref,
    });
  }
  for (const number of accounts) {
    rows.request_accounts.push({ ...ofPlan, account_id: accountId(number) });
  }
  for (const ref of asked) {
    rows.request_asked.push({ ...ofPlan, entity_ref: ref });
  }
  const words = [...requestWords({ number: n, teamRef: team }, plan)];
  const keys = new Set([
    requestKey.any,
    ...words.map(requestKey.word),
    requestKey.reads(team),
    ...gaining.map(requestKey.concerns),
    ...accounts.map(number => requestKey.readsAccount(accountId(number))),
    ...keysOfStages(stages, team),
    ...asked.map(requestKey.decides),
    ...(isDecided ? [requestKey.reads(approver)] : []),
  ]);
  for (const search_key of keys) {
    rows.request_keys.push({ search_key, number: n, state, request_id: id });
  }
  if (isDecided) {
    rows.decisions.push({
      id,
      ...ofPlan,
      plan_digest: digest,
      person_id: personId(approver),
      entity_ref: approver,
      verdict: state === 'rejected' ? 'reject' : 'approve',
      reason: null,
      decided_at: at,
    });
  }
  for (const [index, kind] of eventsOf(state).entries()) {
    rows.timeline.push({
      request_id: id,
      sequence: index + 1,
      at,
      kind,
      actor_ref: kind === 'filed' ? requester : null,
      text: `What happened: ${kind}`,
    });
  }
  if (state === 'active' || state === 'ended') {
    rows.leases.push({
      id,
      organization_id: example.organizationId,
      request_id: id,
      object_key: `accountAssignment/${id}`,
      object_kind: 'accountAssignment',
      object: '{}',
      team_ref: team,
      starts_at: at,
      ends_at: at,
      ended_at: state === 'ended' ? at : null,
      removed_at: state === 'ended' ? at : null,
    });
  }
  return words;
}

function stagesOf(accounts: number[]): RequiredStage[] {
  const stage = (
    name: string,
    approvers: RequiredStage['approvers'],
    numbers: number[],
  ): RequiredStage => ({
    id: name,
    name,
    approvers,
    count: 1,
    accountIds: numbers.map(accountId),
    because: ['the rule of a test'],
  });
  const owners = accounts.map(account =>
    stage(`owner of ${accountId(account)}`, ['accountOwner'], [account]),
  );
  return accounts.some(isProduction)
    ? [...owners, stage('security', ['group:default/security'], accounts)]
    : owners;
}

function policyOf(stages: RequiredStage[]): PolicyOutcome {
  return {
    rulesDigest: '0'.repeat(64),
    stages,
    denials: [],
    autoApproved: false,
    maxDuration: null,
    maxDurationBecause: [],
  };
}

function changesOf(gaining: string[], accounts: number[]): Change[] {
  return [
    {
      kind: 'accessGroup',
      key: 'access',
      members: { kind: 'people', people: gaining },
    },
    {
      kind: 'assignment',
      accessGroup: { change: 'access' },
      permissionSet: { arn: example.readOnly },
      accounts: { kind: 'named', accountIds: accounts.map(accountId) },
    },
  ];
}

function planOf(gaining: string[], accounts: number[]): Plan {
  return {
    formatVersion: 1,
    organization: examplePins,
    duration: 'PT8H',
    people: gaining.map(ref => ({
      entraUserId: personId(ref),
      entityRef: ref,
      displayName: ref,
    })),
    accounts: accounts.map(account => ({
      id: accountId(account),
      name: `account-${account % ACCOUNTS}`,
      environment: isProduction(account) ? 'prod' : 'dev',
    })),
    permissionSets: [
      {
        arn: example.readOnly,
        name: 'ReadOnly',
        accessLevel: 'read',
        documentDigest: '1'.repeat(64),
      },
    ],
    objects: accounts.map(account => ({
      key: `accountAssignment/${accountId(account)}`,
      kind: 'accountAssignment',
      action: 'create',
      id: null,
      summary: `ReadOnly in account-${account % ACCOUNTS}`,
      before: null,
      after: {
        principal: { kind: 'accessGroup', accessGroup: 'access' },
        accountId: accountId(account),
        permissionSetArn: example.readOnly,
      },
    })),
    gains: gaining.flatMap(ref =>
      accounts.map(account => ({
        entraUserId: personId(ref),
        permissionSetArn: example.readOnly,
        documentDigest: '1'.repeat(64),
        accountId: accountId(account),
        seconds: 8 * 3600,
      })),
    ),
    losses: [],
    findings: [],
    sentences: [],
  };
}

function eventsOf(state: RequestState): string[] {
  if (state === 'pending') return ['filed', 'planned', 'commented'];
  if (state === 'rejected' || state === 'withdrawn') {
    return ['filed', 'planned', 'commented', state];
  }
  const begun = ['filed', 'planned', 'approved', 'stateChanged', 'stepDone'];
  return FINAL_REQUEST_STATES.includes(state)
    ? [...begun, 'stateChanged', 'expired', 'stateChanged']
    : begun;
}
