import type { SandboxClock } from '../clock/SandboxClock';
import { TokenBucket } from '../aws/protocol/TokenBucket';
import type { SandboxLimits } from '../server/SandboxLimits';
import { seededRandom } from './seededRandom';
import type { WeatherConditions } from './WeatherConditions';
import {
  type WeatherDocument,
  weatherDocumentSchema,
  type WeatherFault,
  type WeatherInput,
  type WeatherRule,
} from './WeatherDocument';
import type { WeatherRequest } from './WeatherRequest';

/** How many faults the log keeps. */
const LOG_SIZE = 1000;

/** How many changed objects are remembered; more are written in no window of a conflict. */
const REMEMBERED_WRITES = 10_000;

/** Who is who, and what AWS itself has written, is the same everywhere at once. */
const ALWAYS_FRESH = new Set(['sts', 'iam', 'token']);

const ASYNCHRONOUS = new Set([
  'CreateAccountAssignment',
  'DeleteAccountAssignment',
  'ProvisionPermissionSet',
]);

/**
 * One fault that struck, as the log tells it.
 * @public
 */
export interface WeatherEvent {
  /** Milliseconds on the sandbox clock. */
  readonly at: number;
  /** Name of the rule, or its number from 1. */
  readonly rule: string;
  readonly fault: WeatherFault['type'];
  readonly service: string;
  readonly operation: string;
}

interface RuleState {
  readonly rule: WeatherRule;
  readonly label: string;
  readonly random: () => number;
  readonly bucket?: TokenBucket;
  matched: number;
  struck: number;
}

/**
 * The weather over both clouds: which requests meet a fault, and which.
 *
 * Every rule draws from a stream of its own, so that whether one strikes does not change the luck of the others. The
 * state of the rules lives with the process: a restart begins the same weather from its start.
 *
 * @public
 */
export class SandboxWeather {
  private current: WeatherDocument;
  private states: RuleState[];
  private log: WeatherEvent[] = [];
  private readonly lastWrites = new Map<string, number>();

  /** @throws ZodError for a document that is not a weather */
  constructor(
    private readonly clock: SandboxClock,
    private readonly usualLimits: SandboxLimits,
    document: WeatherInput,
  ) {
    this.current = weatherDocumentSchema.parse(document);
    this.states = this.begin();
  }

  /**
   * Changes the weather; counters, random streams and the log start again.
   * @throws ZodError for a document that is not a weather
   */
  set(document: WeatherInput): void {
    this.current = weatherDocumentSchema.parse(document);
    this.states = this.begin();
    this.log = [];
  }

  /** The weather that is in force, with its defaults. */
  document(): WeatherDocument {
    return this.current;
  }

  /** The latest faults, oldest first. */
  events(): readonly WeatherEvent[] {
    return this.log;
  }

  /** The quotas that are in force: the sandbox's own, or the weather's. */
  limits(): SandboxLimits {
    return { ...this.usualLimits, ...this.current.limits };
  }

  /** How far behind a read may be at most, in milliseconds; 0 in a weather without such reads. */
  longestLagMs(): number {
    return this.current.rules.reduce(
      (longest, { fault }) =>
        fault.type === 'staleRead' ? Math.max(longest, fault.ms) : longest,
      0,
    );
  }

  /** Decides what a request meets. Each call counts as one request. */
  meet(request: WeatherRequest): WeatherConditions {
    let conditions: WeatherConditions = {};
    for (const state of this.states) {
      if (!conditions.refusal && this.strikes(state, request)) {
        conditions = this.add(conditions, state);
        this.note(state, request);
      }
    }
    return conditions;
  }

  /** Remembers that objects were changed just now, for the conflicts of writes that follow too soon. */
  wrote(objects: readonly string[]): void {
    for (const object of objects) {
      this.lastWrites.delete(object);
      this.lastWrites.set(object, this.clock.now());
    }
    for (const oldest of this.lastWrites.keys()) {
      if (this.lastWrites.size <= REMEMBERED_WRITES) {
        break;
      }
      this.lastWrites.delete(oldest);
    }
  }

  private begin(): RuleState[] {
    const { seed, rules } = this.current;
    return rules.map((rule, index) => ({
      rule,
      label: rule.name ?? String(index + 1),
      random: seededRandom(seed * 101 + index * 7919),
      bucket:
        rule.fault.type === 'rate'
          ? new TokenBucket(this.clock, () =>
              rule.fault.type === 'rate' ? rule.fault.perSecond : 1,
            )
          : undefined,
      matched: 0,
      struck: 0,
    }));
  }

  private strikes(state: RuleState, request: WeatherRequest): boolean {
    const { rule } = state;
    if (!matches(rule, request) || !this.canMeet(rule.fault, request)) {
      return false;
    }
    state.matched += 1;
    const isLucky = state.random() >= rule.probability;
    if (
      state.matched <= rule.skip ||
      state.struck >= (rule.count ?? Infinity) ||
      isLucky ||
      state.bucket?.take()
    ) {
      return false;
    }
    state.struck += 1;
    return true;
  }

  /** Whether a fault means anything to a request; one that does not leaves the rule's counters alone. */
  private canMeet(fault: WeatherFault, request: WeatherRequest): boolean {
    const { cloud, service, operation, access } = request;
    switch (fault.type) {
      case 'failOperation':
      case 'slowOperation':
        return ASYNCHRONOUS.has(operation);
      case 'shortPage':
        return cloud === 'aws' && /^(List|Lookup)/.test(operation);
      case 'staleRead':
        return access === 'read' && !ALWAYS_FRESH.has(service);
      case 'kmsKey':
        return service === 'sso-admin' || service === 'identitystore';
      case 'conflict':
        return (
          access === 'write' &&
          (request.objects ?? []).some(
            object =>
              (this.lastWrites.get(object) ?? -Infinity) >
              this.clock.now() - fault.withinMs,
          )
        );
      default:
        return true;
    }
  }

  private add(
    conditions: WeatherConditions,
    { rule: { fault }, random }: RuleState,
  ): WeatherConditions {
    switch (fault.type) {
      case 'latency':
        return {
          ...conditions,
          latencyMs:
            (conditions.latencyMs ?? 0) +
            Math.round(
              fault.minimumMs +
                random() * Math.max(0, fault.maximumMs - fault.minimumMs),
            ),
        };
      case 'staleRead':
        return { ...conditions, staleMs: fault.ms };
      case 'shortPage':
        return {
          ...conditions,
          pageSize: Math.min(conditions.pageSize ?? Infinity, fault.atMost),
        };
      case 'slowOperation':
        return { ...conditions, operationDelayMs: fault.ms };
      case 'failOperation':
        return { ...conditions, operationFailure: fault.reason };
      default:
        return { ...conditions, refusal: fault };
    }
  }

  private note(
    { label, rule }: RuleState,
    { service, operation }: WeatherRequest,
  ): void {
    const at = this.clock.now();
    this.log.push({
      at,
      rule: label,
      fault: rule.fault.type,
      service,
      operation,
    });
    if (this.log.length > LOG_SIZE) {
      this.log.shift();
    }
  }
}

function matches({ match }: WeatherRule, request: WeatherRequest): boolean {
  return (
    (match.cloud === undefined || match.cloud === request.cloud) &&
    (match.access === undefined || match.access === request.access) &&
    fits(match.service, request.service) &&
    fits(match.operation, request.operation)
  );
}

/** Whether the text is as the pattern says, piece by piece between its stars, in time that grows with the text alone. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) {
    return true;
  }
  const [first, ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return first === text;
  }
  if (!text.startsWith(first)) {
    return false;
  }
  let position = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found < 0) {
      return false;
    }
    position = found + piece.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}
