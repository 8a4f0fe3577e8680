import { describeCrashes } from '../testing/describeCrashes';

describeCrashes([
  { at: 'cloudWrite', side: 'before', atLeast: 5 },
  { at: 'cloudWrite', side: 'after', atLeast: 5 },
]);
