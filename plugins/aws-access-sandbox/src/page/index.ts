export { createPageRouter } from './createPageRouter';
