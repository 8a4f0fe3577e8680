const factory = require('@backstage/cli/config/eslint-factory');
const { sandbox, withHouseRules } = require('../../eslint-rules');

module.exports = withHouseRules(factory(__dirname), [
  {
    packages: [
      '@aws-sdk/',
      '@smithy/',
      '@azure/',
      '@microsoft/microsoft-graph-client',
    ],
    allowedIn: ['src/clouds/**'],
    message:
      'Only src/clouds knows AWS and Graph: it refuses writes without an authorization. Use one of its ports.',
  },
  {
    packages: ['knex'],
    allowedIn: ['src/**/Database*.ts', 'src/database/**'],
    message:
      'Only Database* files and src/database speak SQL: add an operation to a store.',
  },
  {
    packages: ['express', 'express-promise-router'],
    allowedIn: ['src/router/**'],
    message:
      'Only src/router speaks HTTP: services take and return plain values.',
  },
  sandbox,
]);
