import type { SandboxClock } from '../clock/SandboxClock';
import type { SandboxStore } from '../store/SandboxStore';
import type { SandboxWeather } from '../weather';
import type { SandboxSwitches } from './SandboxSwitches';

/**
 * What every emulated service of the sandbox is made from.
 * @public
 */
export interface SandboxContext {
  /** The state that both clouds share. */
  readonly store: SandboxStore;
  /** The only source of time. */
  readonly clock: SandboxClock;
  /** How long an asynchronous AWS operation stays IN_PROGRESS, in milliseconds on the sandbox clock. */
  readonly operationDelayMs: number;
  /** The faults that requests meet, and the quotas in force. */
  readonly weather: SandboxWeather;
  /** Which of its ways AWS takes. */
  readonly switches: SandboxSwitches;
}

/**
 * Fills an empty store with a company. Called inside one transaction, on a store whose tables are all empty.
 * @public
 */
export type SandboxSeed = (context: SandboxContext) => void;
