import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's own folder. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** An absolute path from one inside the repository. */
export function inRepository(...parts) {
  return path.join(root, ...parts);
}

/**
 * The script behind a dependency's command, to be run with
 * `process.execPath`: `node_modules/.bin` holds no JavaScript on Windows, and
 * its `env node` might find another Node.js.
 */
export function commandOf(packageName, command) {
  const folder = inRepository('node_modules', packageName);
  const { bin } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}
