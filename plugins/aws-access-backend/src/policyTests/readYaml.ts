import { InputError } from '@backstage/errors';
import { parseEntityYaml } from '@backstage/plugin-catalog-node';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * Reads the one document of a YAML file. Backstage's own reader gives any object,
 * whatever its name says.
 *
 * @throws InputError naming file, field and what it must be
 */
export function readYaml<T extends z.ZodType>(
  file: string,
  schema: T,
): z.output<T> {
  const [document] = parseEntityYaml(readFileSync(file), {
    type: 'file',
    target: file,
  });
  if (document?.type !== 'entity') {
    throw new InputError(
      document?.type === 'error'
        ? document.error.message
        : `${file}: has no document`,
    );
  }
  const parsed = schema.safeParse(document.entity);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues
      .map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`)
      .join('\n'),
  );
}
