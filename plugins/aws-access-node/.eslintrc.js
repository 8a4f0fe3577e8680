const factory = require('@backstage/cli/config/eslint-factory');
const { sandbox, withLayers } = require('../../eslint-layers');

module.exports = withLayers(factory(__dirname), [sandbox]);
