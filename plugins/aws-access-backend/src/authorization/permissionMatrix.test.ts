import { Entity } from '@backstage/catalog-model';
import { randomUUID } from 'node:crypto';
import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { fileInput, RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

/** Ana asks, Ben gains, Kim decides; the owner of the account is Otto. */
const CALLERS = {
  requester: 'ana',
  gainer: 'ben',
  approver: 'kim',
  member: 'mia',
  owner: 'otto',
  lead: 'lee',
  admin: 'adi',
  auditor: 'aud',
  operator: 'opi',
  security: 'sia',
  outsider: 'uma',
  service: 'service',
  actor: 'kim via plugin:scaffolder',
  nobody: 'nobody',
};
type Role = keyof typeof CALLERS;
const ROLES = Object.keys(CALLERS) as Role[];

/**
 * What each of the callers above is answered, in their order: 200 and 202 do it,
 * 409 would but for the state of the request, 403 refuses, 404 hides.
 */
const EXPECTED: Record<string, string> = {
  // requester gainer approver member owner lead admin auditor operator security outsider service actor nobody
  read: '200 200 200 200 200 200 200 200 200 200 404 403 200 401',
  list: '200 200 200 200 200 200 200 200 200 200 404 403 200 401',
  preview: '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  decide: '403 403 200 403 403 403 403 403 403 403 404 403 403 401',
  'preview narrowing':
    '403 403 200 403 403 403 403 403 403 403 404 403 403 401',
  comment: '200 200 200 200 200 200 200 200 200 200 404 403 200 401',
  withdraw: '200 403 403 403 403 403 403 403 403 403 404 403 403 401',
  resubmit: '409 403 403 403 403 403 403 403 403 403 404 403 403 401',
  return: '409 403 409 403 409 403 403 403 403 409 404 403 409 401',
  retry: '409 403 403 403 403 403 403 403 409 403 404 403 403 401',
  audit: '403 403 403 403 403 403 200 200 403 200 403 403 403 401',
  'export audit': '403 403 403 403 403 403 200 200 403 200 403 403 403 401',
  'verify audit': '403 403 403 403 403 403 200 200 403 200 403 403 403 401',
  organizations: '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  accounts: '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  'organizational units':
    '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  // What is in it differs: see the test of the lists.
  'access groups': '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  'access groups of the team':
    '200 200 404 200 404 200 200 200 404 200 404 403 404 401',
  'permission sets': '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  'permission set': '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  'check permission set':
    '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  // The plugin search is served: see the tests of search.
  'accounts to index':
    '403 403 403 403 403 403 403 403 403 403 403 403 403 401',
  'permission sets to index':
    '403 403 403 403 403 403 403 403 403 403 403 403 403 401',
  inventory: '200 200 200 200 200 200 200 200 200 200 200 403 200 401',
  refresh: '403 403 403 403 403 403 202 403 202 202 403 403 403 401',
  operations: '403 403 403 403 403 403 200 403 200 200 403 403 403 401',
  'stop writes': '403 403 403 403 403 403 403 403 200 200 403 403 403 401',
  'resume writes': '403 403 403 403 403 403 403 403 404 404 403 403 403 401',
  'go on writing': '403 403 403 403 403 403 403 403 200 200 403 403 403 401',
  'release a mandate':
    '403 403 403 403 403 403 403 403 404 404 403 403 403 401',
  'let leavers go': '403 403 403 403 403 403 403 403 409 409 403 403 403 401',
  'access of the team':
    '200 200 404 200 404 200 200 200 404 200 404 403 404 401',
  'access to the account':
    '404 404 404 404 200 404 200 200 404 200 404 403 404 401',
};

function person(name: string, teams: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name,
      annotations: { 'graph.microsoft.com/user-id': randomUUID() },
    },
    spec: { profile: { displayName: name } },
    relations: teams.map(team => ({
      type: 'memberOf',
      targetRef: `group:default/${team}`,
    })),
  };
}

describe.each(
  databases.ids.flatMap(id => [
    { id, withoutPermissions: false },
    { id, withoutPermissions: true },
  ]),
)(
  'every endpoint for every caller on $id, permissions off: $withoutPermissions (security rule 12)',
  ({ id, withoutPermissions }) => {
    let world: RequestWorld;

    beforeAll(async () => {
      world = await RequestWorld.start(await databases.initMigrated(id), {
        withoutPermissions,
        entities: [
          person('kim', []),
          person('mia', ['payments']),
          person('lee', []),
          person('adi', []),
          person('aud', []),
          person('opi', []),
        ],
        awsAccess: {
          requests: { maxOpenPerPerson: 1000 },
          policy: {
            defaultStage: { name: 'Kim', approvers: ['user:default/kim'] },
          },
          roles: {
            admin: ['user:default/adi'],
            auditor: ['user:default/aud'],
            operator: ['user:default/opi'],
            security: ['user:default/sia'],
          },
        },
      });
      const payments = world.entities.find(
        ({ kind, metadata }) =>
          kind === 'Group' && metadata.name === 'payments',
      )!;
      payments.metadata.annotations = {
        'aws-access/leads': 'user:default/lee',
      };
    });
    afterAll(() => world.stop());

    const file = () => world.file('ana', { people: ['user:default/ben'] });

    const CALLS: Record<string, (caller: string) => Promise<number>> = {
      read: async caller =>
        (await world.get(`/requests/${(await file()).id}`, caller)).status,
      list: async caller => {
        const filed = await file();
        const { status, body } = await world.get('/requests', caller);
        if (status !== 200) return status;
        return body.items.some((item: { id: string }) => item.id === filed.id)
          ? 200
          : 404;
      },
      preview: async caller =>
        (await world.post('/requests/preview', caller, fileInput())).status,
      decide: async caller => (await world.decide(await file(), caller)).status,
      'preview narrowing': async caller =>
        (
          await world.post(
            `/requests/${(await file()).id}/decisions/preview`,
            caller,
            { duration: 'PT1H' },
          )
        ).status,
      comment: async caller =>
        (
          await world.post(`/requests/${(await file()).id}/comments`, caller, {
            text: 'Hello',
          })
        ).status,
      withdraw: caller => onRequest('withdraw', caller),
      resubmit: caller =>
        onRequest('resubmit', caller, { idempotencyKey: randomUUID() }),
      return: caller => onRequest('return', caller),
      retry: caller => onRequest('retry', caller),
      audit: caller => get('/audit', caller),
      'export audit': caller => get('/audit/export?format=json', caller),
      'verify audit': caller => get('/audit/verify', caller),
      organizations: caller => get('/organizations', caller),
      accounts: caller => get('/accounts', caller),
      'organizational units': caller => get('/organizational-units', caller),
      'access groups': caller => get('/access-groups', caller),
      'access groups of the team': caller =>
        get('/access-groups?team=group:default/payments', caller),
      'permission sets': caller => get('/permission-sets', caller),
      'permission set': caller => get('/permission-sets/ReadOnly', caller),
      'check permission set': async caller =>
        (await world.post('/permission-sets/check', caller, { document: {} }))
          .status,
      'accounts to index': caller => get('/searchable/accounts', caller),
      'permission sets to index': caller =>
        get('/searchable/permission-sets', caller),
      inventory: caller => get('/inventory', caller),
      refresh: async caller =>
        (await world.post('/inventory/refresh', caller)).status,
      operations: caller => get('/operations', caller),
      'stop writes': async caller => {
        const stop = { kind: 'grants', reason: 'A test', duration: 'PT1H' };
        const path = `/operations/${example.organizationId}`;
        const { status } = await world.post(`${path}/stop`, caller, stop);
        if (status === 200) {
          await world.post(`${path}/resume`, caller, { kind: 'grants' });
        }
        return status;
      },
      'resume writes': async caller =>
        (
          await world.post(
            `/operations/${example.organizationId}/resume`,
            caller,
            { kind: 'grants' },
          )
        ).status,
      'go on writing': async caller =>
        (
          await world.post(
            `/operations/${example.organizationId}/go-on`,
            caller,
          )
        ).status,
      'release a mandate': async caller =>
        (
          await world.post(
            `/operations/${example.organizationId}/release`,
            caller,
            { requestId: 'none', mandateId: 'none' },
          )
        ).status,
      'let leavers go': async caller =>
        (
          await world.post(
            `/operations/${example.organizationId}/release-leavers`,
            caller,
            { people: 11 },
          )
        ).status,
      'access of the team': caller =>
        get('/access?team=group:default/payments', caller),
      'access to the account': caller =>
        get(`/access?account=${example.dataProd}`, caller),
    };

    async function get(path: string, caller: string) {
      return (await world.get(path, caller)).status;
    }

    async function onRequest(action: string, caller: string, body?: object) {
      const { id: requestId } = await file();
      return (
        await world.post(`/requests/${requestId}/${action}`, caller, body)
      ).status;
    }

    it.each(Object.keys(CALLS))('%s', async call => {
      const answers: string[] = [];
      for (const role of ROLES) {
        answers.push(`${role} ${await CALLS[call](CALLERS[role])}`);
      }
      const expected = EXPECTED[call].split(' ');
      expect(answers).toEqual(
        ROLES.map((role, index) => `${role} ${expected[index]}`),
      );
    });
  },
);
