/**
 * AWS access for teams, in the new frontend system. Portals on the legacy one
 * import from `backstage-plugin-aws-access/legacy`.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { awsAccessApiRef } from './api';
export { awsAccessTranslationRef } from './translation';
