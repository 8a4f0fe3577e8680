/**
 * Wire schemas, permissions and the HTTP client shared by the AWS access
 * plugins.
 *
 * @packageDocumentation
 */
export * from './accessRequestInputs';
export * from './annotations';
export * from './AwsAccessClient';
export * from './buildAccessChanges';
export * from './getRequestFlags';
export * from './isLasting';
export * from './permissions';
export * from './readAccessRequest';
export * from './requestStates';
export * from './wire';
