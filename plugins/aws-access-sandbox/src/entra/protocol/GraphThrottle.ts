import type { GraphCall } from './GraphCall';
import { GraphError } from './GraphError';
import { readGraphLimits } from './GraphLimits';
import { RateWindow } from './RateWindow';
import { resourceUnits } from './resourceUnits';

/**
 * A store setting that makes Graph answer 429 for a while, for tests and for
 * showing what waiting looks like: `{"remaining":3,"retryAfterSeconds":2}`.
 *
 * @public
 */
export const THROTTLE_KEY = 'graph.throttle';

/** From this share of a limit on, Graph says how close a caller is to it. */
const WARNING_SHARE = 0.8;

const WINDOWS_MS = {
  conditionalAccess: 1_000,
  logs: 10_000,
  onDemand: 10_000,
  writes: 150_000,
  units: 10_000,
};

type Kind = keyof typeof WINDOWS_MS;

/** Keeps count of what each application asks for. */
export class GraphThrottle {
  private readonly windows = new Map<string, RateWindow>();

  /**
   * Counts a request.
   *
   * @returns headers for its answer
   * @throws GraphError 429 when a limit is reached; the request then costs nothing
   */
  admit(call: GraphCall): Record<string, string> {
    this.refuseWhenTold(call);
    const limits = readGraphLimits(call.context.store);
    const { servicePrincipalId: application } = call.caller;
    if (call.path.startsWith('/identity/conditionalAccess/')) {
      const limit = limits.conditionalAccessPerSecond;
      if (this.wait(call, 'conditionalAccess', '', 1, limit) > 0) {
        // These services do not say how long to wait.
        throw GraphError.tooManyRequests();
      }
      return {};
    }
    if (call.path.startsWith('/auditLogs/')) {
      this.demand(call, 'logs', application, 1, limits.logsPer10Seconds);
      return {};
    }
    if (call.path.endsWith('/provisionOnDemand')) {
      this.demand(call, 'onDemand', call.path, 1, limits.onDemandPer10Seconds);
      return {};
    }
    if (call.method !== 'GET') {
      const limit = limits.writesPer150Seconds;
      this.demand(call, 'writes', application, 1, limit);
    }
    const units = resourceUnits(call);
    const limit = limits.resourceUnitsPer10Seconds;
    this.demand(call, 'units', application, units, limit);
    const share = this.window('units', application).share(limit);
    return {
      'x-ms-resource-unit': String(units),
      ...(share >= WARNING_SHARE
        ? { 'x-ms-throttle-limit-percentage': share.toFixed(1) }
        : {}),
    };
  }

  private refuseWhenTold({ context }: GraphCall): void {
    const setting = context.store.getMeta(THROTTLE_KEY);
    if (!setting) {
      return;
    }
    const { remaining, retryAfterSeconds } = JSON.parse(setting);
    if (remaining > 0) {
      context.store.setMeta(
        THROTTLE_KEY,
        JSON.stringify({ remaining: remaining - 1, retryAfterSeconds }),
      );
      throw GraphError.tooManyRequests(retryAfterSeconds);
    }
  }

  private window(kind: Kind, key: string): RateWindow {
    const name = `${kind} ${key}`;
    let window = this.windows.get(name);
    if (!window) {
      window = new RateWindow(WINDOWS_MS[kind]);
      this.windows.set(name, window);
    }
    return window;
  }

  private wait(
    { context }: GraphCall,
    kind: Kind,
    key: string,
    cost: number,
    limit: number,
  ): number {
    return this.window(kind, key).take(context.clock.now(), cost, limit);
  }

  private demand(
    call: GraphCall,
    kind: Kind,
    key: string,
    cost: number,
    limit: number,
  ): void {
    const milliseconds = this.wait(call, kind, key, cost, limit);
    if (milliseconds > 0) {
      throw GraphError.tooManyRequests(Math.ceil(milliseconds / 1000), {
        'x-ms-throttle-scope': `Tenant_Application/${
          kind === 'writes' ? 'Write' : 'ReadWrite'
        }/${call.caller.servicePrincipalId}`,
        'x-ms-throttle-information':
          kind === 'writes'
            ? 'WriteLimitExceeded'
            : 'ResourceUnitLimitExceeded',
      });
    }
  }
}
