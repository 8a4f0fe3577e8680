import PQueue from 'p-queue';

/** Enough to keep the limiter of a service busy while single calls are slow. */
const CONCURRENCY = 16;

/**
 * Works on many items a few at a time. After a failure nothing new is begun.
 *
 * @throws what the first failing item threw
 */
export async function forEachConcurrently<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  try {
    await Promise.all(items.map(item => queue.add(() => work(item))));
  } finally {
    queue.clear();
    await queue.onIdle();
  }
}
