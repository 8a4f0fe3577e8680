import { describeCrashes } from '../testing/describeCrashes';

describeCrashes([{ at: 'commit', side: 'after', atLeast: 20 }]);
