/**
 * Template actions that file AWS access requests.
 *
 * @packageDocumentation
 */
export { scaffolderModuleAwsAccess as default } from './module';
