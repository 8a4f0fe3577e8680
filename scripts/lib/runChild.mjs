import { spawn } from 'node:child_process';
import os from 'node:os';
import { whenParentEnds } from './whenParentEnds.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command to its end and returns its exit code (128 + signal when a
 * signal ended it). Passes signals on to it, and ends it when whoever started
 * this process goes away.
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const forward = signal => child.kill(signal);
    signals.forEach(signal => process.on(signal, forward));
    const stopWatching = whenParentEnds(() => child.kill('SIGTERM'));

    const finish = () => {
      signals.forEach(signal => process.removeListener(signal, forward));
      stopWatching();
    };
    child.on('error', error => {
      finish();
      reject(error);
    });
    child.on('close', (code, signal) => {
      finish();
      resolve(code ?? 128 + (os.constants.signals[signal] ?? 0));
    });
  });
}
