const factory = require('@backstage/cli/config/eslint-factory');
const { sandbox, withHouseRules } = require('../../eslint-rules');

const config = withHouseRules(factory(__dirname), [
  {
    packages: ['backstage-plugin-aws-access-backend'],
    message:
      'Search reaches the backend over HTTP, for requests on behalf of the reader, through backstage-plugin-aws-access-node.',
  },
  sandbox,
]);

// The tests search through search plugin, backend and both clouds.
config.overrides.push({
  files: ['src/testing/**'],
  rules: { '@backstage/no-mixed-plugin-imports': 'off' },
});

module.exports = config;
