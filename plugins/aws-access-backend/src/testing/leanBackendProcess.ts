import { flushCompileCache } from 'node:module';
import { startLeanBackend } from './startLeanBackend';

/**
 * A lean backend as a process of its own, for whoever forks it and kills it. The
 * first message is the configuration; the answer says that it is ready. Ends with
 * its parent.
 */
process.once('disconnect', () => process.exit());
process.once('message', (config: Parameters<typeof startLeanBackend>[0]) =>
  startLeanBackend(config).then(
    () => {
      process.send!({ type: 'ready' });
      // Who is killed never gets to it.
      flushCompileCache();
    },
    error => {
      process.stderr.write(`${error?.stack ?? error}\n`);
      process.exit(1);
    },
  ),
);
