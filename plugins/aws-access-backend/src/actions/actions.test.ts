import { createTestDatabases } from '../testing/databases';
import { example } from '../testing/examplePlan';
import { RequestWorld } from '../testing/RequestWorld';

const databases = createTestDatabases();

const form = {
  team: 'payments',
  justification: 'The report is wrong since Monday',
  duration: 'PT8H',
  accounts: [example.dataProd],
  permissionSet: example.readOnly,
};

describe.each(databases.ids)('actions for assistants on %s', id => {
  let world: RequestWorld;

  beforeAll(async () => {
    world = await RequestWorld.start(await databases.initMigrated(id), {
      awsAccess: { requests: { previewsPerMinute: 1000 } },
    });
  });
  afterAll(() => world.stop());

  const actions = '/.backstage/actions/v1/actions';
  const invoke = (name: string, caller: string, input: object = {}) =>
    world.post(`${actions}/aws-access:${name}/invoke`, caller, input);
  const output = async (...call: Parameters<typeof invoke>) => {
    const answer = await invoke(...call);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.output;
  };

  it('security rule 10: are these, and none approves or rejects', async () => {
    const { body } = await world.get(actions, 'ana').expect(200);
    expect(
      body.actions.map(
        ({ id: actionId, attributes: { readOnly, destructive } }: any) =>
          `${actionId} ${readOnly ? 'reads' : 'writes'}${
            destructive ? ' destructively' : ''
          }`,
      ),
    ).toEqual([
      'aws-access:list-my-aws-access reads',
      'aws-access:explain-aws-access reads',
      'aws-access:list-access-requests reads',
      'aws-access:preview-access-request reads',
      'aws-access:file-access-request writes',
    ]);
  });

  it('security rule 11: file requests that are marked, once per key', async () => {
    const input = { ...form, idempotencyKey: 'assistant-1' };
    const filed = await output('file-access-request', 'ana', input);
    expect(filed).toMatchObject({
      state: 'pending',
      requestUrl: `/aws-access/requests/${filed.requestId}`,
      waitingFor: ['account owner'],
    });
    const row = await world.stores.requests.get(filed.requestId);
    expect(row).toMatchObject({
      requesterRef: 'user:default/ana',
      actor: 'plugin:aws-access',
    });

    const again = await output('file-access-request', 'ana', input);
    expect(again.requestId).toBe(filed.requestId);

    const named = await output('file-access-request', 'ana via plugin:mcp', {
      ...form,
      accounts: [example.dataDev],
    });
    expect((await world.stores.requests.get(named.requestId))!.actor).toBe(
      'plugin:mcp',
    );
  });

  it('security rule 11: get nothing approved by a rule that does not name them', async () => {
    const input = { ...form, accounts: ['999900001111'] };
    await expect(
      output('preview-access-request', 'ana', input),
    ).resolves.toMatchObject({ outcome: 'needsApproval' });
    const { body } = await world
      .post('/requests/preview', 'ana', {
        ...input,
        accounts: undefined,
        permissionSet: undefined,
        changes: [
          {
            kind: 'accessGroup',
            key: 'access',
            members: { kind: 'people', people: ['ana'] },
          },
          {
            kind: 'assignment',
            accessGroup: { change: 'access' },
            permissionSet: { arn: example.readOnly },
            accounts: { kind: 'named', accountIds: ['999900001111'] },
          },
        ],
      })
      .expect(200);
    expect(body.outcome).toBe('autoApproved');
  });

  it('preview with the words of the form', async () => {
    await expect(
      output('preview-access-request', 'ana', form),
    ).resolves.toMatchObject({
      outcome: 'needsApproval',
      stages: [{ name: 'account owner', need: 1, approvers: ['Otto Olsen'] }],
      problems: [],
    });
    const missing = await output('preview-access-request', 'ana', {
      ...form,
      accounts: ['000000000000'],
    });
    expect(missing).toMatchObject({
      outcome: 'cannotFile',
      problems: [{ field: 'accounts.0' }],
    });
    const refused = await invoke('preview-access-request', 'ana', {
      ...form,
      duration: '8 hours',
    }).expect(400);
    expect(refused.body.error.message).toMatch(/^duration must be an ISO-8601/);
  });

  it('list the requests that the caller may read, and no others', async () => {
    const mine = await output('list-access-requests', 'ana', { view: 'mine' });
    expect(mine.requests.length).toBeGreaterThan(0);
    expect(mine.requests[0]).toMatchObject({
      requester: 'user:default/ana',
      state: 'pending',
    });
    const inbox = await output('list-access-requests', 'otto', {
      view: 'inbox',
    });
    expect(inbox.requests.map((one: any) => one.requestId)).toContain(
      mine.requests[0].requestId,
    );
    for (const [search, found] of [
      ['data-prod pending', 1],
      ['data-prod ended', 0],
    ] as const) {
      const { requests } = await output('list-access-requests', 'ana', {
        view: 'mine',
        search,
      });
      expect(requests).toHaveLength(found);
    }
    await expect(output('list-access-requests', 'uma')).resolves.toEqual({
      requests: [],
      nextCursor: null,
    });
  });

  it('tell only what the caller may see of access', async () => {
    await expect(output('list-my-aws-access', 'ana')).resolves.toMatchObject({
      entries: [],
      complete: expect.any(Boolean),
    });
    const { explanation } = await output('explain-aws-access', 'ana', {
      accountId: example.dataProd,
    });
    expect(explanation).toMatch(
      /^There is no way for user:default\/ana into account 555566667777/,
    );
    await output('explain-aws-access', 'otto', {
      user: 'ana',
      accountId: example.dataProd,
    });
    await invoke('explain-aws-access', 'uma', {
      user: 'ana',
      accountId: example.dataProd,
    }).expect(404);
  });

  it('answer an assistant as they answer the person, and nobody else', async () => {
    const { body: listed } = await world
      .get(actions, 'ana via plugin:mcp-actions')
      .expect(200);
    expect(listed.actions).toHaveLength(5);
    const { requestId } = await output(
      'file-access-request',
      'ana via plugin:mcp-actions',
      { ...form, accounts: [example.dataDev], idempotencyKey: 'assistant-2' },
    );
    const calls: Array<[string, object]> = [
      ['list-my-aws-access', {}],
      ['explain-aws-access', { accountId: example.dataProd }],
      ['list-access-requests', { view: 'mine' }],
      ['preview-access-request', form],
      // The same key is the same request, whoever of the two repeats the call.
      [
        'file-access-request',
        { ...form, accounts: [example.dataDev], idempotencyKey: 'assistant-2' },
      ],
    ];
    for (const [name, input] of calls) {
      const own = await output(name, 'ana', input);
      expect(await output(name, 'ana via plugin:mcp-actions', input)).toEqual(
        own,
      );
    }

    // Uma is in another team: what concerns Ana is not there for her.
    const umas = await output(
      'list-access-requests',
      'uma via plugin:mcp-actions',
    );
    expect(umas.requests).toEqual([]);
    await invoke('explain-aws-access', 'uma via plugin:mcp-actions', {
      user: 'ana',
    }).expect(404);
    for (const name of ['preview-access-request', 'file-access-request']) {
      const refused = await invoke(name, 'uma via plugin:mcp-actions', form);
      const said = refused.body.error?.message ?? refused.body.output.problems;
      expect(JSON.stringify(said)).toContain('You are not in the team');
    }
    const { state } = (await world.stores.requests.get(requestId))!;
    expect(state).toBe('pending');
  });

  it('security rule 10: an assistant cannot decide for the person who could', async () => {
    const { requestId } = await output('file-access-request', 'ana', {
      ...form,
      idempotencyKey: 'assistant-3',
    });
    const request = (await world.stores.requests.get(requestId))!;
    await world
      .post(`/requests/${requestId}/decisions`, 'otto via plugin:mcp-actions', {
        verdict: 'approve',
        planVersion: request.planVersion,
        planDigest: request.planDigest,
      })
      .expect(403);
    for (const name of ['approve-access-request', 'reject-access-request']) {
      await invoke(name, 'otto', { requestId }).expect(404);
    }
  });

  it('run their examples', async () => {
    const { body } = await world.get(actions, 'ana').expect(200);
    for (const { name, examples } of body.actions) {
      expect(examples.length).toBeGreaterThan(0);
      for (const { input } of examples) {
        const text = JSON.stringify(input).replaceAll(
          /arn:[^"]*/g,
          example.readOnly,
        );
        const caller = name === 'explain-aws-access' ? 'sia' : 'ana';
        const answer = await invoke(name, caller, JSON.parse(text));
        expect([name, answer.status, answer.body.error]).toEqual([
          name,
          200,
          undefined,
        ]);
      }
    }
  });

  it('are for people: a service has no access, and asks for none', async () => {
    for (const name of ['list-my-aws-access', 'list-access-requests']) {
      await invoke(name, 'service').expect(403);
    }
    await invoke('file-access-request', 'service', form).expect(403);
    await invoke('file-access-request', 'nobody', form).expect(401);
  });
});
