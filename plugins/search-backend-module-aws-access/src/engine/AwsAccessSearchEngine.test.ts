import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { SearchEngine } from '@backstage/plugin-search-backend-node';
import { IndexableResultSet } from '@backstage/plugin-search-common';
import {
  AWS_ACCESS_SEARCH_TYPES,
  AwsAccessApi,
  RequestSummary,
} from 'backstage-plugin-aws-access-common';
import { AwsAccessService } from 'backstage-plugin-aws-access-node';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withAwsAccess } from './withAwsAccess';

const { account, request } = AWS_ACCESS_SEARCH_TYPES;
const credentials = mockCredentials.user('user:default/ana');

const requestOf = (number: number) =>
  ({
    id: `r-${number}`,
    number,
    state: 'active',
    team: 'group:default/payments',
    title: 'Ana asks',
    accounts: Array.from({ length: 5 }, (_, n) => ({
      id: String(100_000_000_000 + n),
      name: `account-${n}`,
      environment: 'dev',
    })),
    permissionSets: [{ name: 'ReadOnly', accessLevel: 'read' }],
  } as unknown as RequestSummary);

const results: IndexableResultSet = {
  results: [
    {
      type: 'software-catalog',
      rank: 1,
      document: { title: 'payments', text: '', location: '/catalog' },
    },
    {
      type: account,
      rank: 2,
      document: { title: 'payments-prod', text: '', location: '/aws-access' },
    },
  ],
  numberOfResults: 40,
  nextPageCursor: 'second page',
};

describe('AwsAccessSearchEngine', () => {
  const api = { listAccounts: jest.fn(), listRequests: jest.fn() };
  const awsAccess = {
    forInitiator: jest.fn(async () => api as unknown as AwsAccessApi),
  } satisfies AwsAccessService;
  const inner = {
    setTranslator: jest.fn(),
    getIndexer: jest.fn(),
    query: jest.fn(),
  } satisfies SearchEngine;
  const logger = mockServices.logger.mock();
  const engine = withAwsAccess(inner, { awsAccess, logger });
  const fail = async () => {
    throw await ResponseError.fromResponse(
      Response.json({}, { status: 500 }) as never,
    );
  };

  beforeEach(() => {
    jest.clearAllMocks();
    api.listAccounts.mockResolvedValue({ items: [] });
    api.listRequests.mockResolvedValue({ items: [], nextCursor: null });
    inner.query.mockResolvedValue(results);
  });

  it('leaves to the other engine what is its own', async () => {
    const query = { term: 'x', types: ['software-catalog'], pageCursor: 'two' };
    const options = { credentials };
    expect(await engine.query(query, options)).toBe(results);
    expect(inner.query).toHaveBeenCalledWith(query, options);
    expect(awsAccess.forInitiator).not.toHaveBeenCalled();

    const translator = () => ({});
    engine.setTranslator(translator);
    expect(inner.setTranslator).toHaveBeenCalledWith(translator);
    const indexer = new Writable();
    inner.getIndexer.mockResolvedValue(indexer);
    expect(await engine.getIndexer(account)).toBe(indexer);
  });

  it('takes no request into an index, whoever brings one', async () => {
    const indexing = pipeline(
      Readable.from([{ title: 'Request 1', text: '', location: '/1' }]),
      await engine.getIndexer(request),
    );
    await expect(indexing).rejects.toThrow('never indexed');
    expect(inner.getIndexer).not.toHaveBeenCalled();
  });

  it('begins with a few requests of the reader, and leaves the next pages as they are', async () => {
    api.listRequests.mockResolvedValue({
      items: [requestOf(8), requestOf(7)],
      nextCursor: null,
    });
    const first = await engine.query({ term: 'payments' }, { credentials });
    expect(awsAccess.forInitiator).toHaveBeenCalledWith(credentials);
    expect(api.listRequests).toHaveBeenCalledWith(
      expect.objectContaining({ search: 'payments', limit: 5 }),
    );
    expect(first).toEqual({
      ...results,
      results: [expect.anything(), expect.anything(), ...results.results],
      numberOfResults: 42,
    });
    expect(first.results[0]).toEqual({
      type: request,
      document: {
        title: 'Request 8',
        text: 'ReadOnly (read) in account-0 (100000000000), account-1 (100000000001), account-2 (100000000002), and 2 more',
        location: '/aws-access/requests/r-8',
        authorization: { resourceRef: 'r-8' },
        requestId: 'r-8',
        number: 8,
        team: 'group:default/payments',
        state: 'active',
        isDone: false,
        accounts: [0, 1, 2].map(n => ({
          id: String(100_000_000_000 + n),
          name: `account-${n}`,
          environment: 'dev',
        })),
        accountCount: 5,
        permissionSets: [{ name: 'ReadOnly', accessLevel: 'read' }],
      },
    });

    api.listRequests.mockClear();
    const query = { term: 'payments', pageCursor: 'second page' };
    expect(await engine.query(query, { credentials })).toBe(results);
    expect(api.listRequests).not.toHaveBeenCalled();
  });

  it('counts, for a page without results, as far as it is worth it', async () => {
    const query = { term: 'payments', pageLimit: 0 };
    const alone = { ...query, types: [request] };
    api.listRequests.mockResolvedValue({
      items: [requestOf(8), requestOf(7)],
      nextCursor: null,
    });
    expect(await engine.query(alone, { credentials })).toEqual({
      results: [],
      numberOfResults: 2,
    });
    expect(await engine.query(query, { credentials })).toEqual({
      ...results,
      numberOfResults: 42,
    });
    api.listRequests.mockResolvedValue({
      items: [requestOf(8)],
      nextCursor: '8',
    });
    expect(await engine.query(alone, { credentials })).toEqual({ results: [] });
  });

  it('reads far pages of requests from the first on, and not for ever', async () => {
    api.listRequests.mockImplementation(
      async ({
        cursor = '5000',
        limit,
      }: {
        cursor?: string;
        limit: number;
      }) => ({
        items: Array.from({ length: limit }, (_, n) =>
          requestOf(Number(cursor) - 1 - n),
        ),
        nextCursor: String(Number(cursor) - limit),
      }),
    );
    const query = { term: '', types: [request], pageLimit: 100 };
    const read = (page: number) =>
      engine.query(
        { ...query, pageCursor: Buffer.from(`${page}`).toString('base64') },
        { credentials },
      );
    const third = await read(2);
    expect(third.results[0].document.title).toBe('Request 4799');
    expect(third.results).toHaveLength(100);
    expect(third.nextPageCursor).toBe(Buffer.from('3').toString('base64'));
    expect((await read(9)).nextPageCursor).toBeUndefined();
    expect((await read(900)).results).toEqual([]);
    expect(api.listRequests.mock.calls.length).toBeLessThan(30);
  });

  it('counts nothing where there are more requests than it shows', async () => {
    api.listRequests.mockResolvedValue({
      items: [requestOf(8)],
      nextCursor: '8',
    });
    const { numberOfResults } = await engine.query(
      { term: 'payments', pageLimit: 1 },
      { credentials },
    );
    expect(numberOfResults).toBeUndefined();
  });

  it('gives the other results when the backend does not answer, and says so in the log', async () => {
    api.listRequests.mockImplementation(fail);
    api.listAccounts.mockImplementation(fail);
    // Of Ana it is known that she sees accounts.
    expect(await engine.query({ term: 'payments' }, { credentials })).toBe(
      results,
    );
    const ben = { credentials: mockCredentials.user('user:default/ben') };
    const found = await engine.query({ term: 'payments' }, ben);
    expect(found.results).toEqual([results.results[0]]);
    expect(found.numberOfResults).toBeUndefined();
    expect(logger.warn.mock.calls.flat().sort()).toEqual([
      expect.stringContaining('Access requests are left out of a search'),
      expect.stringContaining('Access requests are left out of a search'),
      expect.stringContaining('Accounts and permission sets are left out'),
    ]);
    // A failure is not remembered.
    api.listAccounts.mockResolvedValue({ items: [] });
    expect(await engine.query({ term: 'payments' }, ben)).toBe(results);
  });

  it('leaves accounts out for whom the backend refuses, and asks it seldom', async () => {
    api.listAccounts.mockImplementation(async () => {
      throw await ResponseError.fromResponse(
        Response.json({}, { status: 403 }) as never,
      );
    });
    const guest = { credentials: mockCredentials.user('user:default/guest') };
    for (let n = 0; n < 3; n++) {
      const found = await engine.query({ term: 'payments' }, guest);
      expect(found.results).toEqual([results.results[0]]);
      expect(found.numberOfResults).toBeUndefined();
    }
    expect(api.listAccounts).toHaveBeenCalledTimes(1);
    const types = ['software-catalog', account];
    await engine.query({ term: 'payments', types }, guest);
    expect(inner.query).toHaveBeenLastCalledWith(
      { term: 'payments', types: ['software-catalog'] },
      guest,
    );
  });

  it('fails when requests alone are asked for and the backend does not answer', async () => {
    api.listRequests.mockImplementation(fail);
    const query = { term: 'payments', types: [request] };
    await expect(engine.query(query, { credentials })).rejects.toThrow('500');
  });

  it.each([
    ['nobody', undefined],
    ['a token without credentials', { token: 'token' }],
  ])(
    'gives %s what everybody finds, without AWS access',
    async (_, options) => {
      const found = await engine.query({ term: 'payments' }, options);
      expect(found.results).toEqual([results.results[0]]);
      const types = [request, account];
      expect(await engine.query({ term: 'payments', types }, options)).toEqual({
        results: [],
      });
      expect(awsAccess.forInitiator).not.toHaveBeenCalled();
    },
  );

  it('filters requests by state, and has none under filters of others', async () => {
    const types = [request];
    const find = (filters: object) =>
      engine.query(
        { term: '', types, filters: filters as never },
        { credentials },
      );
    await find({ state: 'pending' });
    expect(api.listRequests).toHaveBeenCalledWith(
      expect.objectContaining({ state: 'pending' }),
    );
    api.listRequests.mockClear();
    for (const filters of [{ kind: 'Component' }, { state: 'no such' }]) {
      expect((await find(filters)).results).toEqual([]);
    }
    expect(api.listRequests).not.toHaveBeenCalled();
  });

  it('refuses cursors that are not its own', async () => {
    const query = { term: '', types: [request], pageCursor: 'second page' };
    await expect(engine.query(query, { credentials })).rejects.toThrow(
      'Invalid page cursor',
    );
  });
});
