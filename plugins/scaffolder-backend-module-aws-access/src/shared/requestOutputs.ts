import type { RequestReport } from './RequestRun';
import type { Zod } from './Zod';

/** Outputs that every action has; template authors rely on the names. */
export const requestOutputs = {
  requestId: (z: Zod) => z.string().describe('Id of the request'),
  requestNumber: (z: Zod) => z.number().describe('Number people call it by'),
  requestUrl: (z: Zod) => z.string().describe('Page of the request'),
  state: (z: Zod) =>
    z
      .string()
      .describe('State of the request now, e.g. pending, active or denied'),
  title: (z: Zod) => z.string().describe('The request in one sentence'),
};

/** Writes the report to these outputs. */
export function writeRequestOutputs(
  context: {
    output(name: keyof typeof requestOutputs, value: string | number): void;
  },
  report: RequestReport,
): void {
  context.output('requestId', report.id);
  context.output('requestNumber', report.number);
  context.output('requestUrl', report.url);
  context.output('state', report.state);
  context.output('title', report.title);
}
