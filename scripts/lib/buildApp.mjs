import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ExpectedError } from './ExpectedError.mjs';
import { commandOf, inRepository } from './repository.mjs';

const app = inRepository('examples/portal/app');
const stamp = path.join(app, 'dist', '.built-from');

// Everything that ends up in the browser.
const sources = [
  'app-config.yaml',
  'yarn.lock',
  'examples/portal/people.json',
  'examples/portal/app/package.json',
  'examples/portal/app/config.d.ts',
  'examples/portal/app/public',
  'examples/portal/app/src',
  'plugins/aws-access/package.json',
  'plugins/aws-access/src',
  'plugins/aws-access-common/package.json',
  'plugins/aws-access-common/src',
];

/** Whether the built app is missing or older than its sources. */
export function appNeedsBuild() {
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hashOfSources();
}

/**
 * Builds the app as a service that ends: call `finish` once it has.
 *
 * The hash is of the sources as they were when the build began; a change in
 * between leads to another build, never to a stale app.
 */
export function appBuild(logs) {
  const hash = hashOfSources();
  return {
    service: {
      name: "build of the portal's app",
      args: [
        '--import',
        inRepository('scripts/lib/endWithParent.mjs'),
        commandOf('@backstage/cli', 'backstage-cli'),
        'package',
        'build',
      ],
      cwd: app,
      // CI turns warnings of the bundler into errors.
      env: { CI: '', NODE_ENV: 'production' },
      log: path.join(logs, 'app-build.log'),
    },
    finish(service, reason) {
      if (reason !== 'ended with code 0') {
        throw new ExpectedError(
          `The ${service.name} ${reason}. Its last words (all of them are in ${
            service.log
          }):\n\n${service.lastWords()}\n`,
        );
      }
      mkdirSync(path.dirname(stamp), { recursive: true });
      writeFileSync(stamp, hash);
    },
  };
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesIn(inRepository(source))) {
      hash.update(path.relative(inRepository(), file));
      hash.update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function filesIn(place) {
  if (!existsSync(place)) {
    return [];
  }
  if (statSync(place).isFile()) {
    return /\.test\.tsx?$/.test(place) ? [] : [place];
  }
  return readdirSync(place)
    .sort()
    .flatMap(name => filesIn(path.join(place, name)));
}
