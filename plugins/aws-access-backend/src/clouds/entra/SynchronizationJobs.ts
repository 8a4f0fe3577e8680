import { z } from 'zod';
import { CloudError } from '../CloudError';
import { OnDemandResult } from '../EntraCloud';
import { GatedGraphClient } from './GatedGraphClient';

/** What a call of provisionOnDemand has to name. */
export interface OnDemandTarget {
  jobId: string;
  /** The rule of the job's schema that maps groups. */
  ruleId: string;
}

interface Job {
  id: string;
  templateId?: string;
}

interface Schema {
  synchronizationRules?: Array<{
    id: string;
    objectMappings?: Array<{ sourceObjectName?: string }>;
  }>;
}

/** Finds the SCIM job of the enterprise application and its rule for groups, once. */
export class SynchronizationJobs {
  readonly #graph: GatedGraphClient;
  readonly #path: string;
  #target: Promise<OnDemandTarget> | undefined;

  constructor(graph: GatedGraphClient, enterpriseApplicationId: string) {
    this.#graph = graph;
    this.#path = `/servicePrincipals/${enterpriseApplicationId}/synchronization/jobs`;
  }

  get path(): string {
    return this.#path;
  }

  /** @throws CloudError, `permanent` where provisioning is not set up */
  onDemandTarget(): Promise<OnDemandTarget> {
    if (!this.#target) {
      const reading = this.#read();
      this.#target = reading;
      reading.catch(() => {
        this.#target = undefined;
      });
    }
    return this.#target;
  }

  async #read(): Promise<OnDemandTarget> {
    const { value: jobs } = await this.#graph.read<{ value: Job[] }>(
      this.#path,
    );
    for (const job of jobs) {
      const schema = await this.#graph.read<Schema>(
        `${this.#path}/${encodeURIComponent(job.id)}/schema`,
      );
      const rule = schema.synchronizationRules?.find(({ objectMappings }) =>
        objectMappings?.some(
          ({ sourceObjectName }) => sourceObjectName?.toLowerCase() === 'group',
        ),
      );
      if (rule) return { jobId: job.id, ruleId: rule.id };
    }
    throw new CloudError({
      kind: 'permanent',
      cloud: 'entra',
      operation: 'graph:GET synchronization jobs',
      code: 'NoSynchronizationJob',
      cloudMessage: '',
      plainWords:
        'The enterprise application has no provisioning job that maps groups; automatic provisioning (SCIM) is not set up',
    });
  }
}

const step = z.object({
  name: z.string().optional(),
  status: z.string(),
  description: z.string().nullish(),
});
const report = z.object({ provisioningSteps: z.array(step).default([]) });
const reports = z.union([report.transform(one => [one]), z.array(report)]);

/**
 * Reads Entra's report on one provisioning on demand. Its `value` is JSON inside
 * a string, one report or a list of them.
 */
export function readOnDemandReport(answer: {
  key?: string;
  value?: string;
}): OnDemandResult {
  const steps = parseReports(answer.value).flatMap(
    ({ provisioningSteps }) => provisioningSteps,
  );
  return {
    succeeded: steps.length > 0 && steps.every(({ status }) => isGood(status)),
    report:
      steps
        .map(
          ({ name, status, description }) =>
            `${name ?? 'step'}: ${status}${
              description ? ` - ${description}` : ''
            }`,
        )
        .join('\n') || 'Entra reported no steps',
  };
}

function parseReports(value: string | undefined) {
  try {
    return reports.parse(JSON.parse(value ?? ''));
  } catch {
    return [];
  }
}

/** `Skipped` is what Entra says of objects that already match. */
function isGood(status: string): boolean {
  return /^(success|skipped)$/i.test(status);
}
