// npm run sandbox -- --port 4600: the sandbox clouds alone, with their own options.
import { inRepository } from './lib/repository.mjs';
import { runChild } from './lib/runChild.mjs';

process.exit(
  await runChild(
    process.execPath,
    [
      inRepository('plugins/aws-access-sandbox/bin/aws-access-sandbox.js'),
      '--exit-with-parent',
      ...process.argv.slice(2),
    ],
    // It ends when its input closes: a pipe of ours, since the input of this
    // process may be closed from the start.
    { stdio: ['pipe', 'inherit', 'inherit'] },
  ),
);
