export { createGraphRouter } from './createGraphRouter';
export { createTokenRouter } from './createTokenRouter';
export { GRAPH_LIMITS_KEY } from './protocol/GraphLimits';
export { THROTTLE_KEY } from './protocol/GraphThrottle';
export { VISIBILITY_DELAY_KEY } from './protocol/visibility';
export { LOG_DELAY_KEY } from './resources/auditLogs';
