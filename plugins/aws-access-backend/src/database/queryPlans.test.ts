import { Knex } from 'knex';
import { createTestDatabases } from '../testing/databases';
import { LargeCompany } from '../testing/LargeCompany';
import {
  callerOf,
  LARGE_COMPANY_CALLS,
  largeCompanyService,
} from '../testing/largeCompanyService';

const databases = createTestDatabases();

/** Enough for PostgreSQL to prefer an index wherever there is one. */
const REQUESTS = 6_000;
jest.setTimeout(120_000);

describe.each(databases.ids)('queries of lists and details on %s', id => {
  const company = new LargeCompany();
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.initMigrated(id);
    await company.fill(knex, REQUESTS);
  });

  /** What is read from a request's tables without an index, by the database itself. */
  async function scansOf(work: () => Promise<unknown>): Promise<string[]> {
    const queries: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
    const listen = (query: { sql: string; bindings: Knex.RawBinding[] }) =>
      queries.push(query);
    knex.on('query', listen);
    await work();
    knex.removeListener('query', listen);
    const isPostgres = id.startsWith('POSTGRES');
    const scans: string[] = [];
    for (const { sql, bindings } of queries) {
      if (
        !/^select/i.test(sql) ||
        !/requests|request_|timeline|decis/.test(sql)
      )
        continue;
      const explain = isPostgres ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
      const plain = isPostgres ? sql.replace(/\$\d+/g, '?') : sql;
      const answer = await knex.raw(`${explain} ${plain}`, bindings);
      const lines: string[] = isPostgres
        ? answer.rows.map((row: object) => Object.values(row)[0])
        : answer.map((row: { detail: string }) => row.detail);
      scans.push(
        ...lines
          .filter(line =>
            isPostgres
              ? // The words are so few here that reading all is quicker.
                /Seq Scan on aws_access_(request(?!_words)|timeline|decisions)/.test(
                  line,
                )
              : // Neither a subquery nor the values of the query itself.
                /^SCAN (?!found|newest|\(|CONSTANT|.*VALUES CLAUSE|.* USING)/.test(
                  line,
                ),
          )
          .map(line => `${line.trim()} in ${sql}`),
      );
    }
    return scans;
  }

  it.each(LARGE_COMPANY_CALLS)(
    'find $name through indexes',
    async ({ caller, roles, query }) => {
      const service = largeCompanyService(knex, company);
      const scans = await scansOf(async () => {
        const page = await service.list(
          query,
          await callerOf(company, caller, roles),
        );
        const isEmpty =
          caller === 'stranger' ||
          query.view === 'inbox' ||
          query.search?.includes('zebra');
        expect(page.items.length > 0 || isEmpty).toBe(true);
      });
      expect(scans).toEqual([]);
    },
  );

  it('load a detail through indexes', async () => {
    const service = largeCompanyService(knex, company);
    const auditor = await callerOf(company, 'auditor', ['auditor']);
    const { items } = await service.list({ view: 'all', limit: 3 }, auditor);
    const scans = await scansOf(async () => {
      for (const { id: requestId } of items) {
        const detail = await service.get(requestId, auditor);
        expect(detail.timeline.length).toBeGreaterThan(2);
      }
    });
    expect(scans).toEqual([]);
  });

  it('find the same as a reading of everything', async () => {
    const service = largeCompanyService(knex, company);
    const pending = await service.list(
      { view: 'all', limit: 100, state: 'pending' },
      await callerOf(company, 'auditor', ['auditor']),
    );
    const owner = await callerOf(company, 'owner-3');
    const inbox = await service.list({ view: 'inbox', limit: 100 }, owner);
    const forOwner = await Promise.all(
      pending.items.map(async item => {
        const { flags } = await service
          .get(item.id, owner)
          .catch(() => ({ flags: { canApprove: false } }));
        return flags.canApprove ? [item.number] : [];
      }),
    );
    const oldest = Math.min(...pending.items.map(item => item.number));
    expect(forOwner.flat().length).toBeGreaterThan(0);
    expect(
      inbox.items.map(item => item.number).filter(number => number >= oldest),
    ).toEqual(forOwner.flat());
  });
});
