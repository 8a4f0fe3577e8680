// node scripts/with-node.mjs <script> [arguments]
//
// Runs one of this repository's scripts with a Node.js that Backstage supports
// and with the dependencies installed, whatever Node.js is at hand.
//
// This file keeps to syntax that old versions parse, so that they get as far
// as the message; everything newer is behind the dynamic import.

const oldest = 18;
const major = Number(process.versions.node.split('.')[0]);

if (major < oldest) {
  console.error(
    `Node.js ${process.versions.node} is too old to set this repository up. ` +
      `Install Node.js 24 (or any from ${oldest} on) from https://nodejs.org and try again.`,
  );
  process.exit(1);
} else {
  import('./lib/runWithNode.mjs')
    .then(function run(module) {
      return module.runWithNode(process.argv.slice(2));
    })
    .catch(function fail(error) {
      console.error(error.expected ? error.message : error);
      process.exit(1);
    });
}
