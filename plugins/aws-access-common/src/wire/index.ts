export * from './access';
export * from './audit';
export * from './changes';
export * from './freshness';
export * from './plan';
export * from './policy';
export * from './primitives';
export * from './requests';
