// npm start: the demo portal with the sandbox clouds behind it.
import path from 'node:path';
import { Demo } from './lib/Demo.mjs';
import { readDemoSettings } from './lib/demoSettings.mjs';
import { readPeople } from './lib/people.mjs';
import { root } from './lib/repository.mjs';
import { whenParentEnds } from './lib/whenParentEnds.mjs';

let demo;
let ending = false;

async function end(code) {
  if (ending) {
    return;
  }
  ending = true;
  await demo?.stop();
  process.exit(code);
}

function fail(error) {
  if (!ending) {
    console.error(`\n${error.expected ? error.message : error.stack}`);
  }
  return end(1);
}

function endByRequest() {
  if (!ending) {
    console.log('\nEnding the portal and the sandbox ...');
  }
  return end(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, endByRequest);
}
process.on('disconnect', endByRequest);
process.on('uncaughtException', fail);
whenParentEnds(endByRequest);

try {
  const begin = Date.now();
  const settings = readDemoSettings();
  demo = new Demo(settings, line => console.log(line));
  await demo.start();
  console.log(greeting(settings, (Date.now() - begin) / 1000));
  process.send?.({ ready: settings });

  const { service, reason } = await demo.firstEnd();
  if (!ending) {
    console.error(
      `\nThe ${service.name} ${reason}. Its log is ${service.log}.`,
    );
  }
  await end(1);
} catch (error) {
  await fail(error);
}

function greeting({ portalUrl, sandboxPort, state }, seconds) {
  const people = readPeople();
  const width = Math.max(...people.map(({ name }) => name.length));
  const folder = path.relative(root, state) || state;
  return `
Ready after ${Math.round(seconds)} s.

  Open ${portalUrl} and sign in as

${people
  .map(({ name, about }) => `    ${name.padEnd(width)}  ${about}`)
  .join('\n')}

  The sandbox with AWS and Entra in it: http://localhost:${sandboxPort}/sandbox
  State and logs are in ${folder} and outlast a restart; npm run reset empties it.
  Ctrl-C ends everything.
`;
}
