import type { SandboxStore } from '../../store/SandboxStore';

/** The limits of Microsoft Graph that shape how a client has to behave, as documented. */
export type GraphLimits = {
  /** Resource units in ten seconds for one application; 3,500 below 50 users, 5,000 up to 500, 8,000 above. */
  resourceUnitsPer10Seconds: number;
  /** Writing requests in 150 seconds for one application. */
  writesPer150Seconds: number;
  /** Requests for Conditional Access in a second, all applications together. */
  conditionalAccessPerSecond: number;
  /** Requests for logs in ten seconds for one application. */
  logsPer10Seconds: number;
  /** Provisionings on demand in ten seconds for one job. */
  onDemandPer10Seconds: number;
};

const DEFAULT_LIMITS: GraphLimits = {
  resourceUnitsPer10Seconds: 3_500,
  writesPer150Seconds: 3_000,
  conditionalAccessPerSecond: 1,
  logsPer10Seconds: 5,
  onDemandPer10Seconds: 5,
};

/**
 * A store setting: limits other than the documented ones, as JSON, such as
 * `{"resourceUnitsPer10Seconds": 8000}` for a large tenant.
 *
 * @public
 */
export const GRAPH_LIMITS_KEY = 'graph.limits';

/** The limits in force. */
export function readGraphLimits(store: SandboxStore): GraphLimits {
  const setting = store.getMeta(GRAPH_LIMITS_KEY);
  return setting
    ? { ...DEFAULT_LIMITS, ...JSON.parse(setting) }
    : DEFAULT_LIMITS;
}
