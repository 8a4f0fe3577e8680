// npm run soak: see soak/soak.mjs.
import { inRepository } from './lib/repository.mjs';
import { runChild } from './lib/runChild.mjs';

process.exit(
  await runChild(process.execPath, [
    inRepository('soak/soak.mjs'),
    ...process.argv.slice(2),
  ]),
);
