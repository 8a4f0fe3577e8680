import { z } from 'zod';

/** An id of Entra, in lower case whatever was written. */
export const guidSchema = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a GUID');
