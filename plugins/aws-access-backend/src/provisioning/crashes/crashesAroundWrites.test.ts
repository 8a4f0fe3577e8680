import { describeCrashes } from '../../testing/describeCrashes';

describeCrashes([
  { at: 'cloudWrite', side: 'before' },
  { at: 'cloudWrite', side: 'after' },
]);
