import type { z as zod } from 'zod/v3';

/** Parameters of a template that make up a request. */
export const REQUEST_PARAMETERS = [
  'team',
  'for',
  'accounts',
  'permissionSet',
  'duration',
  'justification',
  'ticket',
] as const;

/**
 * How a field finds in a form what the template's step is going to ask for.
 * Every field that looks at the request as a whole has these `ui:options`.
 */
export interface RequestOptions {
  /** Names of the parameters, where a template has its own. */
  parameters?: Partial<Record<(typeof REQUEST_PARAMETERS)[number], string>>;
  organizationId?: string;
  /** The step assigns directly to the people. */
  elevate?: boolean;
  /** Whom the step always names, where the form does not ask. */
  for?: 'me' | 'team';
  /** The duration that the step always names, where the form does not ask. */
  duration?: string;
  /**
   * The changes of the step in full, with `{ parameter: name }` where a value
   * comes from the form. A change with `if: { parameter, equals }` counts only
   * where the form holds that value.
   */
  changes?: unknown[];
}

/** The schema of {@link RequestOptions}, with the zod of the scaffolder. */
export function requestOptionsShape(z: typeof zod) {
  return {
    parameters: z
      .object({
        team: z.string().optional(),
        for: z.string().optional(),
        accounts: z.string().optional(),
        permissionSet: z.string().optional(),
        duration: z.string().optional(),
        justification: z.string().optional(),
        ticket: z.string().optional(),
      })
      .optional()
      .describe('Names of the parameters, where a template has its own'),
    organizationId: z
      .string()
      .optional()
      .describe('The organization that the step names, if it names one'),
    elevate: z
      .boolean()
      .optional()
      .describe('The step has `elevate: true` as well'),
    for: z
      .enum(['me', 'team'])
      .optional()
      .describe('Whom the step always names, where the form does not ask'),
    duration: z
      .string()
      .optional()
      .describe('The duration that the step always names'),
    changes: z
      .array(z.unknown())
      .optional()
      .describe(
        'The changes of the step in full, with { parameter: name } for values of the form',
      ),
  };
}
