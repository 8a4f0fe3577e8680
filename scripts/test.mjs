// npm test: everything that must hold, from the types to the browser.
import { ExpectedError } from './lib/ExpectedError.mjs';
import { TestRun } from './lib/TestRun.mjs';
import * as stages from './lib/testStages.mjs';

const run = new TestRun();
try {
  await run.stage('Types', stages.types);
  await run.stage('Lint', stages.lint);
  await run.stage('Formatting', stages.formatting);
  await run.stage('Scripts and layer rules', stages.scripts);
  await run.stage('Unit and integration', stages.jest);
  await run.stage('End to end, in a browser', stages.browser);
} catch (error) {
  console.error(error instanceof ExpectedError ? error.message : error);
  run.fail('npm test itself');
}
process.exit(run.report());
