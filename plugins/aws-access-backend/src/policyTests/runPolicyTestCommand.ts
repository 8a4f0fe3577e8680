import path from 'node:path';
import { z } from 'zod';
import { policySchema } from '../config/policySchema';
import { policyFactsSchema, policyTestFileSchema } from './policyTestSchema';
import { readYaml } from './readYaml';
import { runPolicyTest } from './runPolicyTest';

const configSchema = z.object({
  awsAccess: z.object({ policy: policySchema }),
});

/**
 * Runs files of policy tests, without any cloud or portal, and tells how each
 * went.
 *
 * @param files - paths of YAML files; see the documentation of the policy
 * @returns an exit code: 0 = all hold, 1 = some do not, 2 = nothing could be run
 * @public
 */
export function runPolicyTestCommand(
  files: string[],
  print: (line: string) => void,
): 0 | 1 | 2 {
  if (files.length === 0) {
    print('Usage: aws-access-policy-test <file.yaml> ...');
    return 2;
  }
  let failed = 0;
  let passed = 0;
  try {
    for (const file of files) {
      const beside = (name: string) => path.resolve(path.dirname(file), name);
      const { policy, facts, tests } = readYaml(file, policyTestFileSchema);
      const config = readYaml(beside(policy), configSchema);
      const known =
        typeof facts === 'string'
          ? readYaml(beside(facts), policyFactsSchema)
          : facts;
      print(file);
      for (const test of tests) {
        const wrong = runPolicyTest(test, config.awsAccess.policy, known);
        print(`  ${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${test.name}`);
        wrong.forEach(line => print(`       ${line}`));
        if (wrong.length === 0) passed++;
        else failed++;
      }
    }
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return 2;
  }
  print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
