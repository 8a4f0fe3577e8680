import { z } from 'zod';
import { GraphError } from './GraphError';

/**
 * Parses a JSON body and words the first fault as Graph does.
 *
 * @throws GraphError 400
 */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  if (body === null) {
    throw new GraphError(
      400,
      'BadRequest',
      'Empty Payload. JSON content expected.',
    );
  }
  const result = schema.safeParse(body ?? {});
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  const property = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    throw GraphError.badRequest(`Invalid property '${issue.keys[0]}'.`);
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    throw GraphError.badRequest(
      `A value must be specified for the following property: ${property}.`,
    );
  }
  throw GraphError.badRequest(
    property
      ? `Invalid value specified for property '${property}': ${issue.message}.`
      : `The request body is not valid: ${issue.message}.`,
  );
}

/** The object id at the end of a reference such as `https://graph.microsoft.com/v1.0/users/{id}`. */
export function referencedId(reference: string): string {
  const match =
    /\/(?:directoryObjects|users|groups|servicePrincipals)\/([0-9a-f-]{36})$/i.exec(
      reference,
    );
  if (!match) {
    throw GraphError.badRequest(
      'Invalid entity reference value specified for @odata.id.',
    );
  }
  return match[1].toLowerCase();
}
