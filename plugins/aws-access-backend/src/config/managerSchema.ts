import { z } from 'zod';

/** Where a catalog User names who answers for them, as refs of Users. */
export const managerSchema = z.union([
  z.strictObject({ annotation: z.string().min(1) }),
  z.strictObject({ relation: z.string().min(1) }),
]);

/** What names the manager: an annotation or a relation. */
export type ManagerSource = z.output<typeof managerSchema>;
