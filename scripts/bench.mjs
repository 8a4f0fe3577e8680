// npm run bench -- <name>: runs bench/<name>.mjs.
import { existsSync, readdirSync } from 'node:fs';
import { inRepository } from './lib/repository.mjs';
import { runChild } from './lib/runChild.mjs';

const folder = inRepository('bench');
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter(file => file.endsWith('.mjs'))
      .map(file => file.slice(0, -'.mjs'.length))
  : [];
const [name, ...args] = process.argv.slice(2);

if (names.includes(name)) {
  process.exit(
    await runChild(process.execPath, [
      inRepository('bench', `${name}.mjs`),
      ...args,
    ]),
  );
}
console.error(
  `${
    name ? `There is no benchmark "${name}"` : 'Usage: npm run bench -- <name>'
  }. ${
    names.length ? `There are: ${names.join(', ')}.` : 'There are none yet.'
  }`,
);
process.exitCode = 1;
