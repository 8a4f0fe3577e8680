const factory = require('@backstage/cli/config/eslint-factory');
const { sandbox, withHouseRules } = require('../../eslint-rules');

module.exports = withHouseRules(factory(__dirname), [
  {
    packages: ['backstage-plugin-aws-access-backend'],
    message:
      'Template actions reach the backend over HTTP on behalf of a person, through backstage-plugin-aws-access-node.',
  },
  sandbox,
]);
