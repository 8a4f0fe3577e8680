import type { WeatherFault } from './WeatherDocument';

/**
 * The faults that end a request, or its answer, by themselves.
 * @public
 */
export type WeatherRefusal = Extract<
  WeatherFault,
  {
    type:
      | 'throttle'
      | 'rate'
      | 'error'
      | 'drop'
      | 'conflict'
      | 'expiredCredentials'
      | 'missingPermission'
      | 'kmsKey';
  }
>;

/**
 * What one request meets; without members it is as calm as can be.
 * @public
 */
export interface WeatherConditions {
  /** How long the request waits before anything else happens. */
  readonly latencyMs?: number;
  /** How far behind a read is, in milliseconds. */
  readonly staleMs?: number;
  /** Rows in a list page at most. */
  readonly pageSize?: number;
  /** How much longer an asynchronous operation takes. */
  readonly operationDelayMs?: number;
  /** Why an asynchronous operation fails. */
  readonly operationFailure?: string;
  readonly refusal?: WeatherRefusal;
}
