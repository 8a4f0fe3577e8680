export * from './ScimJob';
export * from './provisionOnDemand';
export * from './runDueScimCycles';
export * from './runScimCycle';
