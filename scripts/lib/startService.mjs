import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { root } from './repository.mjs';

const STOP_TIMEOUT_MS = 10_000;

/**
 * Starts a long-running Node.js process that writes to a log file.
 *
 * It gets a process group of its own: a Ctrl-C in a terminal reaches the whole
 * foreground group at once, and would end the parts in no order.
 */
export function startService({ name, args, log, cwd = root, env = {} }) {
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      ...process.env,
      ...env,
      AWS_ACCESS_PARENT_PID: String(process.pid),
    },
    // The sandbox ends when its input closes, which it does when we are killed.
    stdio: ['pipe', output, output],
    detached: true,
  });
  closeSync(output);

  const service = { name, log, child, running: true };
  service.ended = new Promise(resolve => {
    const end = reason => {
      service.running = false;
      resolve(reason);
    };
    child.on('error', error => end(error.message));
    child.on('exit', (code, signal) =>
      end(signal ? `ended by ${signal}` : `ended with code ${code}`),
    );
  });
  service.stop = async () => {
    if (!service.running) {
      return;
    }
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(
      () => signalGroup(child, 'SIGKILL'),
      STOP_TIMEOUT_MS,
    );
    await service.ended;
    clearTimeout(timer);
  };
  service.lastWords = () => lastWords(readFileSync(log, 'utf8'));
  return service;
}

function signalGroup(child, signal) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/** What a log says about an end: the reason if one is given, else its last lines. */
function lastWords(text) {
  const lines = stripVTControlCharacters(text)
    .trimEnd()
    .split('\n')
    // Our own questions whether it is ready.
    .filter(line => !line.includes('incomingRequest'));
  const reason = lines.findLastIndex(line => line.includes('did not start.'));
  return lines.slice(reason < 0 ? -25 : reason).join('\n');
}
