import {
  AWS_ACCESS_SEARCH_TYPES,
  awsAccessRequestReadPermission,
} from 'backstage-plugin-aws-access-common';
import {
  awsAccessRequestConditions,
  createAwsAccessRequestConditionalDecision,
} from 'backstage-plugin-aws-access-node';
import { personalTexts } from './testing/exampleOrganization';
import { allows, policyOf } from './testing/policyOf';
import { Answer, SearchPortal } from './testing/SearchPortal';

jest.setTimeout(60_000);

const PAYMENTS_PROD = '111122223333';
const PAYMENTS_DEV = '111122225555';
const { account, permissionSet, request } = AWS_ACCESS_SEARCH_TYPES;

const titles = ({ results }: Pick<Answer, 'results'>, type?: string) =>
  results
    .filter(one => !type || one.type === type)
    .map(one => one.document.title);

describe.each([
  ['allows everything', policyOf()],
  ['is off', undefined],
])("search where the portal's policy %s", (_, permissions) => {
  let portal: SearchPortal;
  let numbers: number[];

  beforeAll(async () => {
    portal = await SearchPortal.start({ permissions });
    numbers = [];
    for (const id of [PAYMENTS_PROD, PAYMENTS_DEV, PAYMENTS_DEV]) {
      const wish = { account: id, permissionSet: 'ReadOnly', team: 'payments' };
      numbers.unshift((await portal.file('ana', wish)).number);
    }
  });
  afterAll(() => portal.stop());

  const wanted = () => `Request ${numbers.at(-1)}`;

  it('finds an account, permission sets and a request with the same words', async () => {
    const answer = await portal.find('ana', { term: 'payments-prod' });
    expect(titles(answer, request)).toEqual([wanted()]);
    expect(titles(answer, account)[0]).toBe('payments-prod');
    expect(answer.results.find(one => one.type === account)).toMatchObject({
      document: {
        title: 'payments-prod',
        location: `/aws-access/request?account=${PAYMENTS_PROD}`,
        accountId: PAYMENTS_PROD,
        environment: 'prod',
        organizationalUnit: 'Workloads / Production',
      },
    });

    const sets = await portal.find('ana', { term: 'readonly' });
    expect(titles(sets, request)).toHaveLength(3);
    expect(sets.results.find(one => one.type === permissionSet)).toMatchObject({
      document: {
        title: 'ReadOnly',
        location: '/aws-access/permission-sets/ReadOnly?organization=parcel',
        accessLevel: 'read',
      },
    });
  });

  it.each([PAYMENTS_PROD, '1111-2222-3333', 'production'])(
    "finds the account by '%s'",
    async term => {
      const answer = await portal.find('uma', { term, types: [account] });
      expect(titles(answer)).toContain('payments-prod');
    },
  );

  it.each(['ana', 'petra', 'sia', 'ida'])(
    'security rule 29: %s, who may read the request, finds it',
    async reader => {
      const query = { term: 'payments-prod readonly', types: [request] };
      const found = await portal.find(reader, query);
      expect(titles(found)).toEqual([wanted()]);
      expect(found.numberOfResults).toBe(1);
    },
  );

  it.each(['uma', 'otto', 'guest', 'service'])(
    'security rule 29: %s, who may not, finds neither it nor a count of it',
    async reader => {
      for (const term of [
        'payments-prod',
        'readonly',
        '',
        String(numbers[0]),
      ]) {
        expect(await portal.find(reader, { term, types: [request] })).toEqual({
          results: [],
          numberOfResults: 0,
        });
        const mixed = await portal.find(reader, { term });
        expect(titles(mixed, request)).toEqual([]);
      }
    },
  );

  it('security rule 29: counts for an outsider what they find, and no more', async () => {
    const query = { term: 'payments-prod', pageLimit: 100 };
    const uma = await portal.find('uma', query);
    const ana = await portal.find('ana', query);
    expect(uma.numberOfResults).toBe(uma.results.length);
    expect(ana.numberOfResults).toBe(uma.results.length + 1);
    expect(ana.results.slice(1)).toMatchObject(
      uma.results.map(({ type, document }) => ({ type, document })),
    );
  });

  it('security rule 29: answers the action of assistants by the same rules', async () => {
    const input = { term: 'payments-prod', types: [request] };
    expect(titles(await portal.ask('ana', input))).toEqual([wanted()]);
    expect(await portal.ask('uma', input)).toMatchObject({
      results: [],
      totalItems: 0,
      hasMoreResults: false,
    });
    const mixed = await portal.ask('uma', { term: 'payments-prod' });
    expect(titles(mixed, request)).toEqual([]);
  });

  it.each(['leaky', 'faucet', 'Ana', 'Alves', 'Petra'])(
    "security rule 30: '%s', of a justification or a person, finds no request",
    async term => {
      for (const reader of ['ana', 'petra', 'sia']) {
        const found = await portal.find(reader, { term, types: [request] });
        expect(found.results).toEqual([]);
      }
    },
  );

  it('security rule 30: names nobody in anything that is found', async () => {
    const found = await portal.find('ana', {
      term: 'payments readonly admin prod dev',
      pageLimit: 100,
    });
    expect(found.results.length).toBeGreaterThan(15);
    const text = JSON.stringify(found);
    for (const personal of personalTexts()) {
      expect(text).not.toContain(personal);
    }
    expect(text).not.toContain('faucet');
    expect(text).not.toMatch(/AWS-Payments/i);
  });

  it('security rule 12: answers people whom the catalog knows, and nobody else', async () => {
    for (const term of ['payments-prod', '']) {
      for (const reader of ['guest', 'service']) {
        expect(titles(await portal.find(reader, { term }))).toEqual([]);
        const query = { term, types: [account, permissionSet] };
        expect((await portal.find(reader, query)).results).toEqual([]);
      }
    }
    await portal.search('nobody', { term: 'payments-prod' }).expect(401);
  });

  it('goes through requests page by page, and back', async () => {
    const query = { term: 'readonly', types: [request], pageLimit: 2 };
    const first = await portal.find('ana', query);
    expect(titles(first)).toEqual(
      numbers.slice(0, 2).map(number => `Request ${number}`),
    );
    expect(first.previousPageCursor).toBeUndefined();
    const second = await portal.find('ana', {
      ...query,
      pageCursor: first.nextPageCursor,
    });
    expect(titles(second)).toEqual([wanted()]);
    expect(second.nextPageCursor).toBeUndefined();
    const back = await portal.find('ana', {
      ...query,
      pageCursor: second.previousPageCursor,
    });
    expect(back).toEqual(first);
  });
});

describe("search where the portal's policy has conditions", () => {
  it('gives the policy each request to decide on, and the backend too', async () => {
    const allowed = new Set<string>();
    const portal = await SearchPortal.start({
      permissions: policyOf(query => {
        if (query.permission.name !== awsAccessRequestReadPermission.name) {
          return undefined;
        }
        if ('resourceRef' in query && query.resourceRef) {
          return allows(allowed.has(query.resourceRef));
        }
        return createAwsAccessRequestConditionalDecision(
          awsAccessRequestReadPermission,
          awsAccessRequestConditions.touchesAccount({
            accountIds: [PAYMENTS_DEV],
          }),
        );
      }),
    });
    const wish = { permissionSet: 'ReadOnly', team: 'payments' };
    await portal.file('ana', { ...wish, account: PAYMENTS_PROD });
    const dev = await portal.file('ana', { ...wish, account: PAYMENTS_DEV });
    const query = { term: 'payments', types: [request] };

    expect(titles(await portal.find('ana', query))).toEqual([]);
    allowed.add(dev.id);
    expect(titles(await portal.find('ana', query))).toEqual([
      `Request ${dev.number}`,
    ]);
    const mixed = await portal.find('ana', { term: 'payments' });
    expect(titles(mixed, request)).toEqual([`Request ${dev.number}`]);
    expect(titles(mixed, account)).toContain('payments-prod');
    expect(titles(await portal.find('uma', query))).toEqual([]);
    await portal.stop();
  });

  it('finds nothing of what the policy denies', async () => {
    let isDenied = false;
    const portal = await SearchPortal.start({
      permissions: policyOf(({ permission }) =>
        isDenied && permission.name.startsWith('aws-access.')
          ? allows(false)
          : undefined,
      ),
    });
    isDenied = true;
    expect((await portal.find('ana', { term: 'payments' })).results).toEqual(
      [],
    );
    await portal.stop();
  });
});
