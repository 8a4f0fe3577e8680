import { fork } from 'node:child_process';
import { inRepository } from '../../scripts/lib/repository.mjs';

/** A process from bench/ that gets its first message at once; it ends with this one, or by `end`. */
export function startProcess(file, message) {
  const child = fork(inRepository('bench', file), { cwd: inRepository() });
  child.send(message);
  return {
    send: text => child.send(text),
    end: () => child.kill(),
    /** The next message of a type; the loader of TypeScript files sends some of its own. */
    answer: type =>
      new Promise((resolve, reject) => {
        const early = () => reject(new Error(`${file} ended early`));
        const take = answer => {
          if (answer.type !== type) return;
          child.off('message', take);
          child.off('exit', early);
          resolve(answer);
        };
        child.on('message', take);
        child.on('exit', early);
      }),
  };
}
