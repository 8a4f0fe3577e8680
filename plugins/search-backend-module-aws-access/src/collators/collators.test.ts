import { mockServices } from '@backstage/backend-test-utils';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { pipeline } from 'node:stream/promises';
import { AccountCollatorFactory } from './AccountCollatorFactory';
import { PermissionSetCollatorFactory } from './PermissionSetCollatorFactory';
import { SearchableClient } from './SearchableClient';

const BASE_URL = 'http://backend/api/aws-access';

const account = (id: string, name: string) => ({
  organizationId: 'parcel',
  id,
  name,
  environment: 'dev',
  ouPath: ['Workloads', 'Development'],
});

const readOnly = {
  organizationId: 'parcel',
  name: 'ReadOnly',
  description: null,
  accessLevel: 'read',
  access: ['Reads in all services.'],
};

describe('collators', () => {
  const engine = new LunrSearchEngine({ logger: mockServices.logger.mock() });
  const auth = mockServices.auth({ pluginId: 'search' });
  const client = new SearchableClient({
    auth,
    discovery: mockServices.discovery.mock({
      getBaseUrl: async () => BASE_URL,
    }),
  });
  const accounts = new AccountCollatorFactory({ client });
  const fetched = jest.spyOn(global, 'fetch');
  afterAll(() => fetched.mockRestore());
  beforeEach(() => fetched.mockReset());

  const answer = (...pages: Response[]) =>
    pages.forEach(page => fetched.mockResolvedValueOnce(page));

  /** As the search plugin indexes. */
  const index = async (factory: DocumentCollatorFactory) =>
    pipeline(
      await factory.getCollator(),
      await engine.getIndexer(factory.type),
    );
  const find = async (term: string) =>
    (await engine.query({ term, types: [accounts.type] })).results.map(
      ({ document }) => document.title,
    );
  it('read page by page, as the search plugin', async () => {
    answer(
      Response.json({
        items: [account('111122225555', 'payments-dev')],
        nextCursor: 'a/b',
      }),
      Response.json({
        items: [account('555566669999', 'data-dev')],
        nextCursor: null,
      }),
    );
    await index(accounts);
    expect(await find('payments')).toEqual(['payments-dev']);
    expect(await find('data')).toEqual(['data-dev']);
    expect(fetched.mock.calls.map(([url]) => url)).toEqual([
      `${BASE_URL}/searchable/accounts?`,
      `${BASE_URL}/searchable/accounts?cursor=a%2Fb`,
    ]);
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'aws-access',
    });
    expect(fetched.mock.calls[0][1]).toEqual({
      headers: { authorization: `Bearer ${token}` },
    });
  });

  it.each([
    ['is refused', () => Response.json({}, { status: 403 })],
    ['has not been read', () => Response.json({}, { status: 503 })],
    ['is something else', () => Response.json({ items: [{}] })],
  ])('keep the index when a page %s', async (_, second) => {
    answer(
      Response.json({
        items: [account('111122225555', 'payments-dev')],
        nextCursor: 'more',
      }),
      second(),
    );
    await expect(index(accounts)).rejects.toThrow();
    expect(await find('data')).toEqual(['data-dev']);
  });

  it('describe permission sets by what they grant', async () => {
    const factory = new PermissionSetCollatorFactory({ client });
    answer(
      Response.json({
        items: [
          readOnly,
          { ...readOnly, name: 'A b', description: 'For guests' },
        ],
        nextCursor: null,
      }),
    );
    const documents = [];
    for await (const document of await factory.getCollator()) {
      documents.push(document);
    }
    expect(documents).toEqual([
      {
        title: 'ReadOnly',
        text: 'Reads in all services.',
        location: '/aws-access/permission-sets/ReadOnly?organization=parcel',
        accessLevel: 'read',
        organizationId: 'parcel',
      },
      {
        title: 'A b',
        text: 'Reads in all services. For guests',
        location: '/aws-access/permission-sets/A%20b?organization=parcel',
        accessLevel: 'read',
        organizationId: 'parcel',
      },
    ]);
  });
});
