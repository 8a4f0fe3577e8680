export { createGraphRouter } from './createGraphRouter';
export { createTokenRouter } from './createTokenRouter';
export { THROTTLE_KEY } from './protocol/throttle';
export { VISIBILITY_DELAY_KEY } from './protocol/visibility';
