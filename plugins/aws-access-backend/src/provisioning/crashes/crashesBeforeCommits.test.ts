import { describeCrashes } from '../../testing/describeCrashes';

// What a rollback leaves behind does not depend on the database: one is enough.
describeCrashes([{ at: 'commit', side: 'before' }], ['SQLITE_3']);
