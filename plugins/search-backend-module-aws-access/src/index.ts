/**
 * AWS accounts, permission sets and access requests in Backstage search, each
 * for whoever may read it.
 *
 * @packageDocumentation
 */
export { searchModuleAwsAccess as default } from './module';
export * from './engine/awsAccessSearchEngineExtensionPoint';
export * from './engine/withAwsAccess';
