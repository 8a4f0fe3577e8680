export * from './ScimJob';
export * from './provisionOnDemand';
export * from './runDueScimCycles';
export * from './runScimCycle';
export { ESCROW_THRESHOLDS_KEY, type Quarantine } from './quarantine';
export {
  issueScimToken,
  replaceScimToken,
  revokeScimTokens,
} from './scimCredentials';
