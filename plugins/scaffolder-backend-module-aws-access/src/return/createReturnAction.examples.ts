import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { exampleOf } from '../shared/exampleOf';

/** Shown on the portal's page of installed actions; each is run by the tests. */
export const examples: TemplateExample[] = [
  exampleOf('aws-access:return', 'Give back what a request gave', {
    requestId: '0b6f1f0e-5a1c-4b57-9c55-6f2b1f0f7a10',
  }),
  exampleOf('aws-access:return', 'Give it back, and say why', {
    requestId: '0b6f1f0e-5a1c-4b57-9c55-6f2b1f0f7a10',
    reason: 'The migration is done',
  }),
];
