const factory = require('@backstage/cli/config/eslint-factory');
const { withLayers } = require('../../eslint-layers');

module.exports = withLayers(factory(__dirname), []);
