import Database from 'better-sqlite3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxClock } from '../clock/SandboxClock';
import { SandboxStore } from './SandboxStore';

describe('SandboxStore', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-store-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('keeps rows, counters and the clock in its file', () => {
    const file = join(folder, 'not', 'there', 'yet.sqlite');
    const first = SandboxStore.open(file);
    first.insert('entra_tenant', {
      id: 'tenant',
      display_name: 'Example',
      default_domain: 'parcel.example',
    });
    expect([first.nextCount('a'), first.nextCount('a')]).toEqual([1, 2]);
    const clock = new SandboxClock(first, () => 1000);
    clock.advance(500);
    for (const wrong of [-1, 0.5, Number.NaN]) {
      expect(() => clock.advance(wrong)).toThrow(RangeError);
    }
    first.close();

    const second = SandboxStore.open(file);
    expect(second.all('SELECT id FROM entra_tenant')).toEqual([
      { id: 'tenant' },
    ]);
    expect(second.nextCount('a')).toBe(3);
    expect(new SandboxClock(second, () => 1000).now()).toBe(1500);
    second.clear();
    expect(Object.values(second.countRows())).not.toContain(1);
    second.close();
  });

  it('undoes a whole transaction, with those inside it', () => {
    const store = SandboxStore.open(':memory:');
    expect(() =>
      store.transaction(() => {
        store.setMeta('outer', '1');
        store.transaction(() => store.setMeta('inner', '1'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([store.getMeta('outer'), store.getMeta('inner')]).toEqual([
      undefined,
      undefined,
    ]);
    store.close();
  });

  it.each([':memory:', 'a file'])(
    'can be read as it was, with %s, while it changes',
    where => {
      const store = SandboxStore.open(
        where === ':memory:' ? where : join(folder, 'pinned.sqlite'),
      );
      store.setMeta('colour', 'red');
      const pin = store.pin();
      store.setMeta('colour', 'green');
      store.insert('aws_access_keys', {
        access_key_id: 'new',
        account_id: '1',
        principal_arn: 'arn',
      });
      store.readFrom(pin, () => {
        expect(store.getMeta('colour')).toBe('red');
        // Who is calling is known at once, and what a reader writes is not lost.
        expect(store.get('SELECT 1 FROM aws_access_keys')).toBeDefined();
        store.transaction(() => store.setMeta('read', 'yes'));
      });
      expect([store.getMeta('colour'), store.getMeta('read')]).toEqual([
        'green',
        'yes',
      ]);
      store.unpin(pin);
      expect(() => store.readFrom(pin, () => store.getMeta('colour'))).toThrow(
        'not open',
      );
      expect(store.getMeta('colour')).toBe('green');
      store.close();
    },
  );

  it('refuses a file of another format and says what to do', () => {
    const file = join(folder, 'old.sqlite');
    const old = new Database(file);
    old.pragma('user_version = 999');
    old.close();
    expect(() => SandboxStore.open(file)).toThrow(
      /old\.sqlite has format 999.*delete the file/,
    );
  });
});
