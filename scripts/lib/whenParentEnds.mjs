/**
 * Calls back once the process that started this one is gone. npm runs scripts
 * through a shell and a SIGTERM to npm may end only that shell, so a signal
 * alone is not enough to leave nothing running.
 *
 * Does nothing on Windows, where a process keeps its parent's number.
 */
export function whenParentEnds(callback, parent = process.ppid) {
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      callback();
    }
  }, 300);
  timer.unref();
  return () => clearInterval(timer);
}
