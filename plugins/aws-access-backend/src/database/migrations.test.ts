import { Knex } from 'knex';
import { createTestDatabases } from '../testing/databases';
import { LargeCompany } from '../testing/LargeCompany';
import { databaseNow, databaseNowPlus } from './databaseNow';
import { migrationsDirectory } from './runMigrations';

const databases = createTestDatabases();
const directory = migrationsDirectory;

async function listTables(knex: Knex): Promise<string[]> {
  const isPostgres = knex.client.config.client === 'pg';
  const names: string[] = isPostgres
    ? await knex('pg_tables').where('schemaname', 'public').pluck('tablename')
    : await knex('sqlite_master').where('type', 'table').pluck('name');
  return names.filter(name => name.startsWith('aws_access_')).sort();
}

describe.each(databases.ids)('migrations on %s', id => {
  it('go up, down to nothing one by one, and up again', async () => {
    const knex = await databases.init(id);

    await knex.migrate.latest({ directory });
    const tables = await listTables(knex);
    expect(tables).toContain('aws_access_requests');
    expect(tables).toContain('aws_access_audit_events');

    for (;;) {
      const [, undone] = await knex.migrate.down({ directory });
      if (undone.length === 0) break;
    }
    expect(await listTables(knex)).toEqual([]);

    await knex.migrate.latest({ directory });
    expect(await listTables(knex)).toEqual(tables);
  });

  it('let requests of before be found as those of after', async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory });
    await new LargeCompany().fill(knex, 300);
    const readKeys = () =>
      knex('aws_access_request_keys').orderBy(['search_key', 'number']);
    const keys = await readKeys();
    expect(keys.length).toBeGreaterThan(1_000);

    while ((await listTables(knex)).includes('aws_access_request_keys')) {
      await knex.migrate.down({ directory });
    }
    await knex.migrate.latest({ directory });
    expect(await readKeys()).toEqual(keys);
    const filers = await knex('aws_access_requests')
      .where('filer_ref', knex.ref('requester_ref'))
      .count({ n: '*' })
      .first();
    expect(Number(filers!.n)).toBe(300);
  });

  it('give moments as text in which order is time', async () => {
    const knex = await databases.init(id);
    const moments = await knex
      .select({
        before: databaseNowPlus(knex, -0.5),
        now: databaseNow(knex),
        after: databaseNowPlus(knex, 90),
      })
      .first();

    for (const moment of Object.values(moments)) {
      expect(moment).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(moments.before < moments.now).toBe(true);
    expect(Date.parse(moments.after) - Date.parse(moments.now)).toBeGreaterThan(
      89_000,
    );
  });
});
