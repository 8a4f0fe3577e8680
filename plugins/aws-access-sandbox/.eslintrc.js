const factory = require('@backstage/cli/config/eslint-factory');
const { withHouseRules } = require('../../eslint-rules');

module.exports = withHouseRules(factory(__dirname), [
  {
    packages: ['better-sqlite3'],
    allowedIn: ['src/store/**'],
    message:
      'Only src/store knows the database: everything else asks a SandboxStore.',
  },
  {
    packages: ['commander'],
    allowedIn: ['src/cli/**'],
    message: 'Only src/cli reads command lines.',
  },
]);
