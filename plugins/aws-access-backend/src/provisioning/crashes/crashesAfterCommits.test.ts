import { describeCrashes } from '../../testing/describeCrashes';

describeCrashes([{ at: 'commit', side: 'after' }]);
