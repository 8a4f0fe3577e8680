import { InputError } from '@backstage/errors';
import { Problem } from 'backstage-plugin-aws-access-common';

/** One InputError that names every field, what is wrong and how to mend it. */
export function problemsToError(problems: Problem[]): InputError {
  return new InputError(
    problems
      .map(({ path, message, fix }) => `${path}: ${message} ${fix}`)
      .join('\n'),
  );
}
