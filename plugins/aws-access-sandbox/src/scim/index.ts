export * from './ScimJob';
export * from './provisionOnDemand';
export * from './runDueScimCycles';
export * from './runScimCycle';
export { ESCROW_THRESHOLDS_KEY } from './quarantine';
export { issueScimToken, revokeScimTokens } from './scimCredentials';
