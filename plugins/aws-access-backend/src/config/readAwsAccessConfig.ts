import { Config } from '@backstage/config';
import { z } from 'zod';
import { AwsAccessConfig, awsAccessConfigSchema } from './AwsAccessConfig';

/**
 * Reads `awsAccess`.
 *
 * @throws Error with one readable message that names every wrong key and what
 *   it must be; it stops the start.
 */
export function readAwsAccessConfig(config: Config): AwsAccessConfig {
  const section = config.getOptional('awsAccess');
  if (section === undefined) {
    throw new Error(
      "The configuration has no 'awsAccess' section; the plugin's README shows a small one to start from",
    );
  }
  const parsed = awsAccessConfigSchema.safeParse(section);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    issue =>
      `  ${z.core.toDotPath(['awsAccess', ...issue.path])}: ${explain(issue)}`,
  );
  throw new Error(
    `The configuration of AWS access is not usable:\n${lines.join('\n')}`,
  );
}

function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `has unknown keys: ${issue.keys.join(', ')}`;
  }
  return issue.message;
}
