import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './ports.mjs';

/**
 * Where the tests look for PostgreSQL. The 15 is only a label of Backstage's
 * TestDatabases: it connects to whatever version answers.
 */
export const POSTGRES_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

const exe = process.platform === 'win32' ? '.exe' : '';

/** A PostgreSQL server that lives in a temporary folder, for tests only. */
export class Postgres {
  /**
   * Starts one from the local installation, or says by `undefined` that there
   * is none. Takes half a second.
   */
  static async start() {
    const binaries = findBinaries();
    if (!binaries) {
      return undefined;
    }
    const server = new Postgres(binaries, await freePort());
    try {
      server.#start();
    } catch (error) {
      server.stop();
      throw error;
    }
    return server;
  }

  constructor(binaries, port) {
    this.binaries = binaries;
    this.port = port;
    this.url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
    this.folder = mkdtempSync(path.join(os.tmpdir(), 'aws-access-postgres-'));
    this.user = unprivilegedUser();
    if (this.user) {
      chownSync(this.folder, this.user.uid, this.user.gid);
    }
  }

  get version() {
    return this.#run('postgres', ['--version']).match(/\d+/)[0];
  }

  stop() {
    const stopping = ['-D', this.#data, '-m', 'immediate', '-w', 'stop'];
    if (existsSync(path.join(this.#data, 'postmaster.pid'))) {
      this.#run('pg_ctl', stopping, { stdio: 'ignore' });
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #data() {
    return path.join(this.folder, 'data');
  }

  #start() {
    // C.UTF-8 because a machine may have no other locale; trust because the
    // server listens on loopback only and its data is thrown away.
    this.#run('initdb', [
      ...['-D', this.#data, '-U', 'postgres', '-A', 'trust'],
      ...['-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    ]);
    // Every test file opens its own databases and pools; durability is of no use.
    const settings = [
      `-p ${this.port} -h 127.0.0.1 -k "${this.folder}" -F`,
      '-c max_connections=300',
      '-c full_page_writes=off',
      '-c synchronous_commit=off',
    ].join(' ');
    this.#run(
      'pg_ctl',
      [
        ...['-D', this.#data, '-w', '-l', path.join(this.folder, 'log')],
        ...['-o', settings, 'start'],
      ],
      // pg_ctl would never return while the server holds its output.
      { stdio: 'ignore' },
    );
  }

  #run(command, args, options = {}) {
    const result = spawnSync(path.join(this.binaries, command + exe), args, {
      ...this.user,
      cwd: this.folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: this.folder },
      ...options,
    });
    if (result.status !== 0) {
      throw new Error(
        `PostgreSQL's ${command} failed: ${
          result.error?.message ?? `${result.stdout}${result.stderr}`
        }`,
      );
    }
    return result.stdout;
  }
}

function findBinaries() {
  const folders = [process.env.PG_BIN];
  const told = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  if (told.status === 0) {
    folders.push(told.stdout.trim());
  }
  for (const base of [
    '/usr/lib/postgresql',
    '/opt/homebrew/opt',
    '/usr/local/opt',
  ]) {
    const versions = existsSync(base)
      ? readdirSync(base).filter(name => /^(\d+|postgresql@?\d*)$/.test(name))
      : [];
    versions
      .sort((a, b) => b.localeCompare(a, undefined, { numeric: true }))
      .forEach(version => folders.push(path.join(base, version, 'bin')));
  }
  for (const base of ['/usr/pgsql/bin', '/usr/local/pgsql/bin', '/usr/bin']) {
    folders.push(base);
  }
  return folders.find(
    folder =>
      folder &&
      existsSync(path.join(folder, `initdb${exe}`)) &&
      existsSync(path.join(folder, `pg_ctl${exe}`)),
  );
}

// PostgreSQL refuses to run as root, which is what containers run as.
function unprivilegedUser() {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(flag => {
      const told = spawnSync('id', [flag, name], { encoding: 'utf8' });
      return told.status === 0 ? Number(told.stdout) : undefined;
    });
    if (uid && gid !== undefined) {
      return { uid, gid };
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.',
  );
}
