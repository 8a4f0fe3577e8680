export * from './accessGroup';
export * from './adoption';
export * from './assignment';
export * from './changes';
export * from './elevation';
export * from './membership';
export * from './permissionSet';
export * from './references';
