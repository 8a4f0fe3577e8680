/**
 * An emulator of AWS IAM Identity Center and Microsoft Entra ID that speaks their real protocols on loopback.
 *
 * @packageDocumentation
 */
export { startSandbox } from './server/startSandbox';
export { runSandboxCommand } from './cli/runSandboxCommand';
export type { RunningSandbox, SandboxOptions } from './server/startSandbox';
export type { SandboxContext, SandboxSeed } from './server/SandboxContext';
export type { SandboxSeedName } from './server/plantSeed';
export type { SandboxLimits } from './server/SandboxLimits';
export type { SandboxSwitches } from './server/SandboxSwitches';
export * from './weather';
export { SandboxClock } from './clock/SandboxClock';
export { SandboxStore } from './store/SandboxStore';
export type { SqlValue } from './store/SandboxStore';
export * from './generator';
export * from './seed';
export * from './tls';
