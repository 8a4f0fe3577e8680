// npm run reset: the demo starts again from its seed.
import { readDemoSettings } from './lib/demoSettings.mjs';
import { emptyStateFolder } from './lib/stateFolder.mjs';

try {
  const { state } = readDemoSettings();
  console.log(
    emptyStateFolder(state)
      ? `Emptied ${state}: the next npm start begins with the seed.`
      : `Nothing to do: ${state} does not exist.`,
  );
} catch (error) {
  console.error(error.expected ? error.message : error);
  process.exitCode = 1;
}
