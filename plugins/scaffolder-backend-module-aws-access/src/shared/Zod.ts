import type { createTemplateAction } from '@backstage/plugin-scaffolder-node';

type Schema = NonNullable<Parameters<typeof createTemplateAction>[0]['schema']>;

/** The zod that the scaffolder hands to a schema; it is not the module's own. */
export type Zod = Parameters<
  Extract<Schema['input'], (zod: any) => unknown>
>[0];
