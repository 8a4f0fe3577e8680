/**
 * How other backend plugins and modules call the AWS access backend.
 *
 * @packageDocumentation
 */
export * from './awsAccessPolicyExtensionPoint';
export * from './awsAccessServiceRef';
export * from './requestEvents';
export * from './requestPermissionRules';
