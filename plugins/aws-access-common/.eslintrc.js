const factory = require('@backstage/cli/config/eslint-factory');
const { sandbox, withHouseRules } = require('../../eslint-rules');

module.exports = withHouseRules(factory(__dirname), [sandbox]);
