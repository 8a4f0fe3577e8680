import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { inRepository } from '../../scripts/lib/repository.mjs';

/** Requests under way at once: enough to keep the sandbox busy while the client reads an answer. */
const CONNECTIONS = 4;

/** The next message of a type; the loader of TypeScript files sends some of its own. */
async function answerOf(child, type) {
  for (;;) {
    const [message] = await once(child, 'message');
    if (message.type === type) {
      return message;
    }
  }
}

/** A sandbox of one size in a process of its own. */
export class MeasuredSandbox {
  /** Starts the process; ready as soon as the sandbox answers. */
  static async start(seed) {
    const child = fork(inRepository('bench/sandbox/serveSandbox.cjs'), {
      cwd: inRepository(),
    });
    child.send({ seed });
    const ready = await Promise.race([
      answerOf(child, 'ready'),
      once(child, 'exit').then(() => {
        throw new Error(`The sandbox with the seed ${seed} did not start`);
      }),
    ]);
    return new MeasuredSandbox(child, ready);
  }

  constructor(child, { url, loadMs, memory, subjects }) {
    this.child = child;
    this.url = new URL(url);
    this.loadMs = loadMs;
    this.loadedMemory = memory;
    this.subjects = subjects;
    this.agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  }

  /** Bytes that are resident now. */
  async memory() {
    this.child.send('memory');
    return (await answerOf(this.child, 'memory')).memory;
  }

  /** How many of this request the sandbox answers in a second. */
  async rate(wanted, milliseconds) {
    const startedAt = performance.now();
    const endsAt = startedAt + milliseconds;
    let answered = 0;
    const work = async () => {
      while (performance.now() < endsAt) {
        await this.ask(wanted);
        answered += 1;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    return answered / ((performance.now() - startedAt) / 1000);
  }

  /** Sends one request and returns its answer; anything but a 200 is a mistake of the benchmark. */
  ask({ name, method, path, headers, body }) {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent: this.agent,
          host: this.url.hostname,
          port: this.url.port,
          method,
          path,
          headers,
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if (response.statusCode === 200) {
              resolve(text);
            } else {
              reject(new Error(`${name}: ${response.statusCode} ${text}`));
            }
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  async stop() {
    this.agent.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill();
      await once(this.child, 'exit');
    }
  }
}
