import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** One step of a template, as the portal's page of installed actions shows it. */
export function exampleOf(
  action: string,
  description: string,
  input: object,
): TemplateExample {
  return {
    description,
    example: stringify({
      steps: [{ id: 'access', name: description, action, input }],
    }),
  };
}
