const factory = require('@backstage/cli/config/eslint-factory');
const { sandbox, withHouseRules } = require('../../eslint-rules');

const config = withHouseRules(factory(__dirname), [
  {
    packages: ['backstage-plugin-aws-access-backend'],
    message:
      'Template actions reach the backend over HTTP on behalf of a person, through backstage-plugin-aws-access-node.',
  },
  sandbox,
]);

// The tests run templates through scaffolder, backend and both clouds.
config.overrides.push({
  files: ['src/testing/**'],
  rules: { '@backstage/no-mixed-plugin-imports': 'off' },
});

module.exports = config;
