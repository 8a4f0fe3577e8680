// Preloaded (node --import) into a process that knows nothing of us, so that it
// ends with the one that started it even when that was killed outright.
// AWS_ACCESS_PARENT_PID is given rather than read here: the parent may be gone
// already when this line runs.
import { whenParentEnds } from './whenParentEnds.mjs';

whenParentEnds(() => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5000).unref();
  process.kill(process.pid, 'SIGTERM');
}, Number(process.env.AWS_ACCESS_PARENT_PID));
