import {
  Answered,
  exampleGroup,
  person,
  refusal,
  startTestGraph,
} from '../entra/__testUtils__/startTestGraph';
import { exampleClouds } from '../seed';
import {
  ESCROW_THRESHOLDS_KEY,
  issueScimToken,
  revokeScimTokens,
  runDueScimCycles,
} from '.';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const { aws, entra } = exampleClouds;
const enterprise = entra.enterpriseApplication.servicePrincipalId;
const root = `/servicePrincipals/${enterprise}/synchronization`;
const endpoint = `https://scim.${aws.region}.amazonaws.com/${aws.identityStoreId}/scim/v2`;

let graph: Awaited<ReturnType<typeof startTestGraph>>;
let job: string;
const api = (path: string) => graph.administrator().api(path);

beforeEach(async () => {
  graph = await startTestGraph();
  const { value } = await api(`${root}/jobs`).get();
  job = `${root}/jobs/${value[0].id}`;
});
afterEach(() => graph.stop());

const cycle = (milliseconds = 40 * MINUTE) => {
  graph.advance(milliseconds);
  runDueScimCycles(graph);
};

const status = async (): Promise<Answered> => (await api(job).get()).status;

const saveToken = (value: string) =>
  api(`${root}/secrets`).put({
    value: [
      { key: 'BaseAddress', value: endpoint },
      { key: 'SecretToken', value },
    ],
  });

const restart = (resetScope?: string) =>
  api(`${job}/restart`).post(resetScope ? { criteria: { resetScope } } : {});

async function onDemand(): Promise<Answered> {
  const { synchronizationRules } = await api(`${job}/schema`).get();
  const { key } = await api(`${job}/provisionOnDemand`).post({
    parameters: [
      {
        ruleId: synchronizationRules[0].id,
        subjects: [
          {
            objectId: exampleGroup('AWS-Prod-Admins').entraId,
            objectTypeName: 'Group',
          },
        ],
      },
    ],
  });
  return JSON.parse(key);
}

describe('a token that AWS no longer takes', () => {
  it('puts the job into quarantine with the next cycle, until it is replaced', async () => {
    revokeScimTokens(graph);
    expect(await status()).toMatchObject({ code: 'Active', quarantine: null });
    cycle();
    const quarantined = await status();
    expect(quarantined).toMatchObject({
      code: 'Quarantine',
      countSuccessiveCompleteFailures: 1,
      lastExecution: { state: 'Failed', countExported: 0 },
      lastSuccessfulExecution: { state: 'EntryLevelErrors' },
      quarantine: {
        reason: 'EncounteredQuarantineException',
        seriesCount: 1,
        error: {
          code: 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
          message: expect.stringContaining('Unauthorized'),
          tenantActionable: true,
        },
      },
    });
    expect(await onDemand()).toMatchObject({
      result: 'Failure',
      details: { errorMessage: expect.stringContaining('Unauthorized') },
    });
    // Without a scope that says so, a restart does not lift it.
    await restart('Watermark');
    expect(await status()).toMatchObject({ code: 'Quarantine' });

    await saveToken(issueScimToken(graph));
    await api(`${job}/validateCredentials`).post({ useSavedCredentials: true });
    expect(await onDemand()).toMatchObject({ result: 'Skipped' });
    await restart('QuarantineState, Escrows');
    expect(await status()).toMatchObject({
      code: 'Active',
      quarantine: null,
      countSuccessiveCompleteFailures: 0,
    });
  });

  it('is tried ever more rarely, and not at all after four weeks', async () => {
    revokeScimTokens(graph);
    cycle();
    const pauses = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const { quarantine } = await status();
      const pause =
        Date.parse(quarantine.nextAttempt) -
        Date.parse(quarantine.currentBegan);
      pauses.push(pause / MINUTE);
      cycle(pause);
    }
    expect(pauses).toEqual([40, 80, 160, 320, 640, 1280, 1440, 1440]);
    cycle(30 * DAY);
    expect(await api(job).get()).toMatchObject({
      schedule: { state: 'Disabled' },
      status: { code: 'Quarantine', quarantine: { seriesCount: 10 } },
    });
    graph.advance(30 * DAY);
    expect(runDueScimCycles(graph)).toBe(0);
    await saveToken(issueScimToken(graph));
    await api(`${job}/start`).post({});
    runDueScimCycles(graph);
    expect(await status()).toMatchObject({ code: 'Active' });
  });

  it('ends by itself after a year', async () => {
    cycle(364 * DAY);
    expect(await status()).toMatchObject({ code: 'Active' });
    cycle(2 * DAY);
    expect(await status()).toMatchObject({ code: 'Quarantine' });
    await saveToken(issueScimToken(graph));
    cycle(2 * HOUR);
    expect(await status()).toMatchObject({ code: 'Active', quarantine: null });
  });
});

it('quarantines a job of which too much fails, while on demand goes on', async () => {
  graph.store.setMeta(
    ESCROW_THRESHOLDS_KEY,
    JSON.stringify({ minimum: 10, proportion: 0.25 }),
  );
  graph.store.run('UPDATE entra_users SET surname = NULL WHERE seq % 2 = 0');
  cycle();
  expect(await status()).toMatchObject({
    code: 'Quarantine',
    quarantine: { reason: 'EncounteredEscrowProportionThreshold' },
  });
  expect(await onDemand()).toMatchObject({ result: 'Skipped' });
  await api(`/users/${person('ana').entraId}`).patch({ surname: 'Alves' });
  graph.store.run(
    `UPDATE entra_users SET surname = display_name WHERE surname IS NULL`,
  );
  cycle(2 * HOUR);
  expect(await status()).toMatchObject({ code: 'Active' });
});

it('tries credentials before they are saved, and tells what is wrong with them', async () => {
  const attempt = (BaseAddress: string, SecretToken: string) =>
    api(`${job}/validateCredentials`).post({
      templateId: 'aws',
      credentials: Object.entries({ BaseAddress, SecretToken }).map(
        ([key, value]) => ({ key, value }),
      ),
    });
  await attempt(`${endpoint}/`, exampleClouds.credentials.scimToken);
  for (const [address, token, word] of [
    [endpoint, 'wrong', 'Unauthorized'],
    [
      'https://scim.example/v2',
      exampleClouds.credentials.scimToken,
      'NotFound',
    ],
    [endpoint, '', 'Secret Token'],
  ]) {
    expect(await refusal(attempt(address, token))).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining(word),
    });
  }
  expect(
    await refusal(
      api(`${root}/secrets`).put({ value: [{ key: 'Nonsense', value: 'x' }] }),
    ),
  ).toMatchObject({ statusCode: 400 });
  expect(
    await refusal(
      api(`${job}/restart`).post({ criteria: { resetScope: 'x' } }),
    ),
  ).toMatchObject({ statusCode: 400 });
});

it('is set up from the template: job, secrets, start, schema, delete', async () => {
  const { servicePrincipal } = await api(
    `/applicationTemplates/${entra.enterpriseApplication.templateId}/instantiate`,
  ).post({ displayName: 'AWS, again' });
  const second = `/servicePrincipals/${servicePrincipal.id}/synchronization`;
  const { value: templates } = await api(`${second}/templates`).get();
  expect(
    await refusal(api(`${second}/jobs`).post({ templateId: 'unknown' })),
  ).toMatchObject({ statusCode: 404 });
  const made = await api(`${second}/jobs`).post({
    templateId: templates[0].id,
  });
  expect(made).toMatchObject({
    schedule: { state: 'Disabled', interval: 'PT40M' },
    status: { code: 'NotRun', lastExecution: null },
  });
  const path = `${second}/jobs/${made.id}`;
  await api(`${path}/start`).post({});
  runDueScimCycles(graph);
  expect((await api(path).get()).status).toMatchObject({
    code: 'Quarantine',
    quarantine: { error: { code: 'CredentialsMissing' } },
  });
  await api(`${second}/secrets`).put({
    value: [
      { key: 'BaseAddress', value: endpoint },
      { key: 'SecretToken', value: exampleClouds.credentials.scimToken },
    ],
  });
  await api(`${path}/start`).post({});
  runDueScimCycles(graph);
  expect((await api(path).get()).status).toMatchObject({
    code: 'Active',
    lastExecution: { state: 'Succeeded', countImported: 0 },
  });
  const schema = await api(`${path}/schema`).get();
  schema.synchronizationRules[0].objectMappings[1].attributeMappings.pop();
  await api(`${path}/schema`).put(schema);
  expect((await api(`${path}/schema`).get()).synchronizationRules).toEqual(
    schema.synchronizationRules,
  );
  await api(path).delete();
  expect(await refusal(api(path).get())).toMatchObject({ statusCode: 404 });
});
