import { parse } from 'yaml';
import { Call, FakeBackend, refusal } from '../testing/FakeBackend';
import { createReturnAction } from './createReturnAction';
import { examples } from './createReturnAction.examples';

const URL = 'https://portal.parcel.example/aws-access/requests/r-7';

const request = (state: string, canReturn = state === 'active') => ({
  id: 'r-7',
  number: 7,
  state,
  title: 'Ana asks for ReadOnly',
  flags: { canReturn },
});

function setUp(answer: (call: Call, n: number) => unknown) {
  const backend = new FakeBackend(answer);
  const action = createReturnAction(backend.options());
  const run = (overrides: object = {}, input: object = {}) =>
    backend.run(action, { requestId: 'r-7', ...input }, overrides);
  return { backend, run };
}

describe('aws-access:return', () => {
  it.each(examples)('runs its example: $description', async ({ example }) => {
    const [{ action: id, input }] = parse(example).steps;
    const { backend, run } = setUp(({ method }) =>
      request(method === 'GET' ? 'active' : 'ending'),
    );
    expect(id).toBe('aws-access:return');

    await expect(run({}, input)).resolves.toEqual({
      requestId: 'r-7',
      requestNumber: 7,
      requestUrl: URL,
      state: 'ending',
      title: 'Ana asks for ReadOnly',
    });
    expect(backend.calls[1]).toEqual({
      method: 'POST',
      path: `/requests/${input.requestId}/return`,
      body: { reason: input.reason },
    });
  });

  it.each(['ending', 'ended'])(
    'finds it done when the request is %s',
    async state => {
      const { backend, run } = setUp(() => request(state));
      await expect(run()).resolves.toMatchObject({ state });
      expect(backend.calls).toHaveLength(1);
    },
  );

  it('minds not who was first', async () => {
    const { run } = setUp((_, n) =>
      n === 2
        ? refusal(409, 'ConflictError', 'Is being taken away already')
        : request(n === 1 ? 'active' : 'ending'),
    );
    await expect(run()).resolves.toMatchObject({ state: 'ending' });
  });

  it.each([
    ['pending', 'has given nothing yet. Withdraw it on its page'],
    ['rejected', 'There is nothing of access request 7 (rejected)'],
  ])('refuses a request that is %s', async (state, message) => {
    const { backend, run } = setUp(() => request(state));
    await expect(run()).rejects.toThrow(message);
    expect(backend.calls).toHaveLength(1);
  });

  it('gives nothing back on a dry run', async () => {
    const { backend, run } = setUp(() => request('active'));
    await expect(run({ isDryRun: true })).resolves.toMatchObject({
      state: 'active',
    });
    expect(backend.calls.map(({ method }) => method)).toEqual(['GET']);
    expect(backend.logger.info.mock.calls).toEqual([
      [`Dry run: access request 7 would be given back: ${URL}`],
    ]);
  });
});
