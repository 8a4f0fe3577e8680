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

const { account, permissionSet, request } = AWS_ACCESS_SEARCH_TYPES;
const types = ['software-catalog', account, request];
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
    const asked = { term: 'payments', types };
    const first = await engine.query(asked, { credentials });
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
    const query = { ...asked, pageCursor: 'second page' };
    expect(await engine.query(query, { credentials })).toBe(results);
    expect(api.listRequests).not.toHaveBeenCalled();
  });

  it('counts, for a page without results, as far as it is worth it', async () => {
    const query = { term: 'payments', types, pageLimit: 0 };
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

  it('reads each request once, as long as one search goes from page to page', async () => {
    api.listRequests.mockImplementation(async ({ cursor = '2000', limit }) => ({
      items: Array.from({ length: limit }, (_, n) =>
        requestOf(Number(cursor) - 1 - n),
      ),
      nextCursor: String(Number(cursor) - limit),
    }));
    // So does Backstage search where the policy has conditions.
    const search = async () => {
      const found: string[] = [];
      let pageCursor: string | undefined;
      do {
        const page = await engine.query(
          { term: 'payments', types: [request], pageLimit: 5, pageCursor },
          { credentials },
        );
        found.push(...page.results.map(({ document }) => document.title));
        pageCursor = page.nextPageCursor;
      } while (pageCursor);
      return found;
    };
    const expected = Array.from(
      { length: 1000 },
      (_, n) => `Request ${1999 - n}`,
    );
    expect(await search()).toEqual(expected);
    expect(api.listRequests).toHaveBeenCalledTimes(11);

    // Another search begins anew, whoever it is for.
    api.listRequests.mockResolvedValue({
      items: [requestOf(7)],
      nextCursor: null,
    });
    expect(await search()).toEqual(['Request 7']);
    expect(
      await engine.query(
        {
          term: 'data',
          types: [request],
          pageLimit: 5,
          pageCursor: Buffer.from('1').toString('base64'),
        },
        { credentials },
      ),
    ).toMatchObject({ results: [], numberOfResults: 1 });
  });

  describe('security rule 29: where the engine cannot be told what to leave out', () => {
    const nobody = { token: 'token' };
    const resultOf = (type: string, title: string, rank: number) => ({
      type,
      rank,
      document: { title, text: '', location: '/' },
    });
    /** Pages of them, as other engines make them. */
    const holds = (all: Array<[type: string, title: string]>) =>
      inner.query.mockImplementation(
        async ({ pageCursor = '0', pageLimit = 25 }) => {
          const end = Number(pageCursor) + pageLimit;
          return {
            results: all
              .map(([type, title], n) => resultOf(type, title, n + 1))
              .slice(Number(pageCursor), end),
            numberOfResults: all.length,
            ...(end < all.length && { nextPageCursor: String(end) }),
          };
        },
      );
    const page = (number: number) =>
      Buffer.from(`${number}`).toString('base64');
    const shown: Array<[string, string]> = Array.from({ length: 3 }, (_, n) => [
      'software-catalog',
      `component-${n}`,
    ]);
    const hidden = (type: string, length: number) =>
      Array.from({ length }, (_, n): [string, string] => [
        type,
        `${type}-${n}`,
      ]);

    it.each([
      ['an outsider, of accounts', nobody, account, 1],
      ['an outsider, of very many', nobody, permissionSet, 250],
      ['an outsider, of requests in its index', nobody, request, 1],
      ['who is known, of requests in its index', { credentials }, request, 130],
    ])('tells %s nothing', async (_, options, type, count) => {
      const ask = async () => {
        const answers = [];
        for (const pageLimit of [0, 1, 2, 25, undefined]) {
          for (const pageCursor of [undefined, page(0), page(1), page(2)]) {
            answers.push(
              await engine.query(
                { term: 'payments', pageLimit, pageCursor },
                options,
              ),
            );
          }
        }
        return answers;
      };
      holds(shown);
      const expected = await ask();
      expect(expected[4]).toEqual({
        results: [resultOf(...shown[0], 1)],
        numberOfResults: 3,
        nextPageCursor: page(1),
      });
      const others = hidden(type, count);
      for (const all of [
        [...others, ...shown],
        [shown[0], ...others, ...shown.slice(1)],
        [...shown, ...others],
      ]) {
        holds(all);
        expect(await ask()).toEqual(expected);
      }
      holds(others);
      const found = await engine.query({ term: '', pageLimit: 1 }, options);
      expect(found).toEqual({ results: [], numberOfResults: 0 });
    });

    it('reads on for a page, and not for ever', async () => {
      holds(hidden(account, 100_000));
      expect(await engine.query({ term: '' }, nobody)).toEqual({ results: [] });
      expect(inner.query.mock.calls.length).toBeLessThanOrEqual(10);

      holds(hidden('software-catalog', 150));
      const first = await engine.query({ term: '' }, nobody);
      expect(first.results).toHaveLength(25);
      expect(first.numberOfResults).toBeUndefined();
      const last = await engine.query(
        { term: '', pageCursor: page(5) },
        nobody,
      );
      expect(last).toMatchObject({
        previousPageCursor: page(4),
        numberOfResults: 150,
      });
      expect(last.nextPageCursor).toBeUndefined();
    });
  });

  it('counts nothing where there are more requests than it shows', async () => {
    api.listRequests.mockResolvedValue({
      items: [requestOf(8)],
      nextCursor: '8',
    });
    const { numberOfResults } = await engine.query(
      { term: 'payments', types, pageLimit: 1 },
      { credentials },
    );
    expect(numberOfResults).toBeUndefined();
  });

  it('gives the other results when the backend does not answer, and says so in the log', async () => {
    api.listRequests.mockImplementation(fail);
    api.listAccounts.mockImplementation(fail);
    const query = { term: 'payments', types };
    // Of Ana it is known that she sees accounts.
    expect(await engine.query(query, { credentials })).toBe(results);
    const ben = { credentials: mockCredentials.user('user:default/ben') };
    await engine.query(query, ben);
    expect(inner.query).toHaveBeenLastCalledWith(
      { ...query, types: ['software-catalog'] },
      ben,
    );
    expect(logger.warn.mock.calls.flat().sort()).toEqual([
      expect.stringContaining('Access requests are left out of a search'),
      expect.stringContaining('Access requests are left out of a search'),
      expect.stringContaining('Accounts and permission sets are left out'),
    ]);
    // A failure is not remembered.
    api.listAccounts.mockResolvedValue({ items: [] });
    await engine.query(query, ben);
    expect(inner.query).toHaveBeenLastCalledWith(
      { ...query, types: ['software-catalog', account] },
      ben,
    );
  });

  it('leaves accounts out for whom the backend refuses, and asks it seldom', async () => {
    api.listAccounts.mockImplementation(async () => {
      throw await ResponseError.fromResponse(
        Response.json({}, { status: 403 }) as never,
      );
    });
    const guest = { credentials: mockCredentials.user('user:default/guest') };
    for (let n = 0; n < 3; n++) {
      await engine.query({ term: 'payments', types }, guest);
      expect(inner.query).toHaveBeenLastCalledWith(
        { term: 'payments', types: ['software-catalog'] },
        guest,
      );
    }
    expect(api.listAccounts).toHaveBeenCalledTimes(1);
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
      inner.query.mockResolvedValue({ results: results.results });
      const found = await engine.query({ term: 'payments' }, options);
      expect(found.results).toEqual([results.results[0]]);
      const ours = { term: 'payments', types: [request, account] };
      expect(await engine.query(ours, options)).toEqual({ results: [] });
      expect(awsAccess.forInitiator).not.toHaveBeenCalled();
    },
  );

  it('filters requests by state, and has none under filters of others', async () => {
    const find = (filters: object) =>
      engine.query(
        { term: '', types: [request], filters: filters as never },
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
