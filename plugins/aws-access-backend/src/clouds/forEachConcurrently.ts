import PQueue from 'p-queue';

/**
 * Enough to keep the limiter of a service busy while single calls are slow, and to
 * fill the batches of Graph, which take twenty reads.
 */
const CONCURRENCY = 20;

/**
 * Works on many items a few at a time, and takes them from where they come only
 * as fast as they are worked on. After a failure nothing new is begun.
 *
 * @throws what the first failing item threw, or their source
 */
export async function forEachConcurrently<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const failures: unknown[] = [];
  try {
    for await (const item of items) {
      await queue.onEmpty();
      if (failures.length > 0) break;
      queue.add(() => work(item)).catch(error => failures.push(error));
    }
  } finally {
    if (failures.length > 0) queue.clear();
    await queue.onIdle();
  }
  if (failures.length > 0) throw failures[0];
}
