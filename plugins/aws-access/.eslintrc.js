const factory = require('@backstage/cli/config/eslint-factory');
const { sandbox, withHouseRules } = require('../../eslint-rules');

module.exports = withHouseRules(factory(__dirname), [
  {
    packages: ['@backstage/core-plugin-api'],
    allowedIn: [
      'src/legacy.ts',
      'src/legacy.tsx',
      'src/legacy/**',
      'src/routes.ts',
    ],
    message:
      'Use @backstage/frontend-plugin-api; only src/legacy and src/routes.ts serve the legacy frontend system.',
  },
  sandbox,
]);
