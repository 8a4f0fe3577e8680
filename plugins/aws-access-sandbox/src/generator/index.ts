export * from './generateOrganization';
export { namedSizes, type OrganizationSize } from './OrganizationSize';
export * from './parseGeneratedSeed';
