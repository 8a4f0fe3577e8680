import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { BackendProcess } from './BackendProcess.mjs';

/** The plugin as it is, with only the services of a backend that it needs. */
export class LeanProcess extends BackendProcess {
  #file;
  #config;
  #log;
  #environment;

  constructor({ file, config, logFile, folder }) {
    super(config);
    this.#file = file;
    this.#config = config;
    this.#log = openSync(logFile, 'w');
    this.#environment = {
      ...process.env,
      NODE_ENV: 'development',
      NODE_OPTIONS: '--enable-source-maps',
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    };
  }

  launch() {
    const child = fork(this.#file, {
      env: this.#environment,
      stdio: ['ignore', this.#log, this.#log, 'ipc'],
    });
    child.send(this.#config);
    return child;
  }

  async whenReady(child) {
    await once(child, 'message');
  }

  /** The lean backend takes the test utilities' word for who calls. */
  async tokenOf(person) {
    return `mock-user-token:${JSON.stringify({
      sub: `user:default/${person}`,
    })}`;
  }
}
