// npm run policy-test -- examples/policy-tests/demo.yaml: does the policy say what it should?
import { inRepository } from './lib/repository.mjs';
import { runChild } from './lib/runChild.mjs';

process.exit(
  await runChild(process.execPath, [
    inRepository('plugins/aws-access-backend/bin/aws-access-policy-test.js'),
    ...process.argv.slice(2),
  ]),
);
