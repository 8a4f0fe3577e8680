// npm run soak -- --minutes N --seed S [--database sqlite|postgres] [--replicas 1|2] [--weather tuesday|storm] [--kills K] [--backend lean|portal]
//
// People ask for access and give it back while the clouds have weather and
// backends are killed. Ends with 1 when anything is not as it must be then.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { POSTGRES_VARIABLE } from '../scripts/lib/Postgres.mjs';
import { withPostgres } from '../scripts/lib/withPostgres.mjs';
import { buildLeanBackend } from './buildLeanBackend.mjs';
import { ensureAppBuilt } from './ensureAppBuilt.mjs';
import { printFigures } from './printFigures.mjs';
import { WEATHERS } from './SandboxProcess.mjs';
import { Soak } from './Soak.mjs';

const options = readOptions();
const folder = mkdtempSync(join(tmpdir(), 'aws-access-soak-'));
const isLean = options.backend === 'lean';
const backendFile = isLean ? await buildLeanBackend() : undefined;
if (!isLean) await ensureAppBuilt(folder);
let failed = true;
try {
  if (options.database === 'sqlite') {
    failed = await soak({
      client: 'better-sqlite3',
      connection: { directory: folder },
    });
  } else {
    failed = await withPostgres(async ({ env, found, description }) => {
      if (!found) throw new Error(description);
      return soak({
        client: 'pg',
        connection: serverOf(
          env[POSTGRES_VARIABLE] ?? process.env[POSTGRES_VARIABLE],
        ),
        prefix: `aws_access_soak_${process.pid}_`,
      });
    });
  }
} finally {
  if (backendFile) rmSync(backendFile);
  // The logs say what the figures do not.
  if (failed) console.log(`The logs are in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

/** Without a database: each soak has its own. */
function serverOf(connectionString) {
  const { hostname, port, username, password } = new URL(connectionString);
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    ...(password && { password: decodeURIComponent(password) }),
  };
}

async function soak(connection) {
  const { minutes, seed, database, replicas, weather, backend } = options;
  console.log(
    `Soaking for ${minutes} minutes: seed ${seed}, ${database}, ${replicas} ${backend} replica(s), weather ${weather}`,
  );
  const one = new Soak({ ...options, backendFile, folder, connection });
  const end = () => one.stop().finally(() => process.exit(1));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    return printFigures(await one.run(), options);
  } finally {
    await one.stop();
  }
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      database: { type: 'string', default: 'sqlite' },
      replicas: { type: 'string', default: '1' },
      weather: { type: 'string', default: 'tuesday' },
      kills: { type: 'string', default: '0' },
      backend: { type: 'string', default: 'lean' },
    },
  });
  const among = (name, known) => {
    if (known.includes(values[name])) return;
    console.error(`--${name} must be one of ${known.join(', ')}`);
    process.exit(1);
  };
  among('database', ['sqlite', 'postgres']);
  among('replicas', ['1', '2']);
  among('weather', Object.keys(WEATHERS));
  among('backend', ['lean', 'portal']);
  for (const name of ['minutes', 'kills']) {
    if (Number(values[name]) >= 0) continue;
    console.error(`--${name} must be a number`);
    process.exit(1);
  }
  return {
    ...values,
    minutes: Number(values.minutes),
    replicas: Number(values.replicas),
    kills: Number(values.kills),
  };
}
