import { APIRequestContext, Browser, expect, test } from '@playwright/test';
import { signInAs } from './signInAs';

const API = '/api/aws-access';

/** Calls the API with the token that the person's own page uses. */
async function apiOf(browser: Browser, name: string) {
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, name);
  const call = page.waitForRequest(request =>
    request.url().includes(`${API}/organizations`),
  );
  await page.goto('/aws-access');
  const { authorization } = (await call).headers();
  const request: APIRequestContext = page.request;
  return {
    page,
    async get(path: string) {
      return request.get(`${API}${path}`, { headers: { authorization } });
    },
    async post(path: string, data: object) {
      return request.post(`${API}${path}`, {
        headers: { authorization },
        data,
      });
    },
  };
}

test('a person without rights sees no request of others and is refused at every door', async ({
  browser,
}) => {
  const ana = await apiOf(browser, 'Ana Alves');
  const sets = await (await ana.get('/permission-sets')).json();
  const support = sets.items.find((set: any) => set.name === 'SupportUser');
  const filed = await ana.post('/requests', {
    idempotencyKey: `outsider-test-${Date.now()}`,
    team: 'group:default/payments',
    justification: 'To be hidden from outsiders',
    duration: 'PT1H',
    changes: [
      {
        kind: 'accessGroup',
        key: 'access',
        members: { kind: 'people', people: ['user:default/ana'] },
      },
      {
        kind: 'assignment',
        accessGroup: { change: 'access' },
        permissionSet: { arn: support.arn },
        accounts: { kind: 'named', accountIds: ['555566668888'] },
      },
    ],
  });
  expect(filed.ok(), await filed.text()).toBe(true);
  const { id, planVersion, planDigest } = await filed.json();
  const decision = { verdict: 'approve', planVersion, planDigest };

  const uma = await apiOf(browser, 'Uma Ude');
  for (const path of [
    `/requests/${id}`,
    '/access?team=group:default/payments',
    '/access?user=user:default/ana',
    '/access?account=555566668888',
  ]) {
    expect((await uma.get(path)).status(), path).toBe(404);
  }
  for (const path of ['/audit', '/audit/verify']) {
    expect((await uma.get(path)).status(), path).toBe(403);
  }
  expect(await (await uma.get('/requests')).json()).toMatchObject({
    items: [],
  });
  for (const [path, body] of [
    [`/requests/${id}/decisions`, decision],
    [`/requests/${id}/comments`, { text: 'hello' }],
    [`/requests/${id}/withdraw`, {}],
    [`/requests/${id}/return`, {}],
    [`/requests/${id}/retry`, {}],
  ] as const) {
    expect((await uma.post(path, body)).status(), path).toBe(404);
  }
  expect((await uma.post('/inventory/refresh', {})).status()).toBe(403);

  await uma.page.goto(`/aws-access/requests/${id}`);
  await expect(
    uma.page.getByText('Not found, or not yours to see'),
  ).toBeVisible();

  // Nor does she who benefits get to decide, and nobody at all without a token.
  const own = await ana.post(`/requests/${id}/decisions`, decision);
  expect(own.status()).toBe(403);
  const nobody = await uma.page.request.get(`${API}/requests/${id}`);
  expect(nobody.status()).toBe(401);

  // What she sees is unchanged.
  expect(await (await ana.get(`/requests/${id}`)).json()).toMatchObject({
    state: 'pending',
    decisions: [],
  });
});

test('bad input names the field and the fix', async ({ browser }) => {
  const ana = await apiOf(browser, 'Ana Alves');
  const answer = await ana.post('/requests/preview', {
    team: 'group:default/nobodys-team',
    justification: 'Try what happens',
    duration: 'soon',
    changes: [],
  });
  expect(answer.status()).toBe(400);
  const { error } = await answer.json();
  expect(error.message).toContain(
    'duration: must be an ISO-8601 duration between PT15M and P366D, for example PT8H',
  );
  expect(error.message).toContain('changes: must contain at least one change');
});
