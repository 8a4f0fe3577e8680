import {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { AuditEvent } from 'backstage-plugin-aws-access-common';

/** One attempt at a step, as far as figures are kept of it. */
export interface StepAttempt {
  organizationId: string;
  kind: string;
  /** What it came to; `givenUp`: the work was not this replica's any more. */
  outcome: string;
  milliseconds: number;
}

/**
 * Counts what happens, with names of organizations, kinds and operations only:
 * no label names a person, an account or a request (security rule 30).
 */
export class EventMetrics {
  readonly #transitions: MetricsServiceCounter;
  readonly #writes: MetricsServiceCounter;
  readonly #attempts: MetricsServiceHistogram;
  readonly #throttled: MetricsServiceCounter;

  constructor(metrics: MetricsService) {
    this.#transitions = metrics.createCounter(
      'aws_access.request.transitions',
      {
        description: 'Requests that came to a state',
        unit: '{request}',
      },
    );
    this.#writes = metrics.createCounter('aws_access.cloud.writes', {
      description: 'Writes whose outcome was seen in a cloud',
      unit: '{write}',
    });
    this.#throttled = metrics.createCounter('aws_access.cloud.throttled', {
      description: 'Calls that a cloud refused for the rate of calls',
      unit: '{call}',
    });
    this.#attempts = metrics.createHistogram('aws_access.step.duration', {
      description: 'Attempts at a step, by its kind and what they came to',
      unit: 's',
    });
  }

  /** Takes audit rows once they are committed. */
  follow(events: AuditEvent[]): void {
    for (const { kind, organizationId, data } of events) {
      const { from, to, operation } = data as Record<string, unknown>;
      if (
        kind.startsWith('request.') &&
        typeof to === 'string' &&
        from !== to
      ) {
        this.#transitions.add(1, { organization: organizationId, to });
      }
      if (kind.startsWith('cloud.write-') && typeof operation === 'string') {
        this.#writes.add(1, {
          organization: organizationId,
          operation,
          outcome: kind.slice('cloud.write-'.length),
        });
      }
    }
  }

  countThrottled({
    organizationId,
    service,
  }: {
    organizationId: string;
    service: string;
  }): void {
    this.#throttled.add(1, { organization: organizationId, service });
  }

  recordAttempt(attempt: StepAttempt): void {
    this.#attempts.record(attempt.milliseconds / 1000, {
      organization: attempt.organizationId,
      step: attempt.kind,
      outcome: attempt.outcome,
    });
  }
}
