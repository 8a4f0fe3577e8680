import { RequestLimiter } from './RequestLimiter';

describe('RequestLimiter', () => {
  it('lets what changes access go before the inventory', async () => {
    const limiter = new RequestLimiter({
      requestsPerSecond: 1000,
      concurrency: 1,
    });
    const order: string[] = [];
    const call = (name: string) => async () => {
      order.push(name);
    };
    await Promise.all([
      // The first is begun at once; the others wait in the queue.
      limiter.run('inventory', call('inventory 1')),
      limiter.run('inventory', call('inventory 2')),
      limiter.run('inventory', call('inventory 3')),
      limiter.run('provisioning', call('provisioning')),
    ]);
    expect(order).toEqual([
      'inventory 1',
      'provisioning',
      'inventory 2',
      'inventory 3',
    ]);
  });

  it('never has more calls in flight than it may', async () => {
    const limiter = new RequestLimiter({
      requestsPerSecond: 1000,
      concurrency: 3,
    });
    let inFlight = 0;
    let most = 0;
    let fill = () => {};
    // Nothing comes back before as many are under way as may be.
    const isFull = new Promise<void>(resolve => {
      fill = resolve;
    });
    await Promise.all(
      Array.from({ length: 20 }, () =>
        limiter.run('inventory', async () => {
          inFlight++;
          most = Math.max(most, inFlight);
          if (inFlight === 3) fill();
          await isFull;
          inFlight--;
        }),
      ),
    );
    expect(most).toBe(3);
  });

  it('leaves a cloud alone that asks for it, whoever calls', async () => {
    const onThrottled = jest.fn();
    const limiter = new RequestLimiter({
      requestsPerSecond: 1000,
      concurrency: 4,
      onThrottled,
    });
    const silence = 200;
    let refusedAt = 0;
    await limiter.run('inventory', async turn => {
      refusedAt = performance.now();
      turn.throttled(silence);
      expect(limiter.pace.requestsPerSecond).toBe(0);
    });
    const begun = await limiter.run('provisioning', async () =>
      performance.now(),
    );
    expect(limiter.pace).toMatchObject({
      refusedInLastHour: 1,
      fullRequestsPerSecond: 1000,
    });
    // A timer may be some milliseconds early.
    expect(begun - refusedAt).toBeGreaterThanOrEqual(silence - 10);
    expect(onThrottled).toHaveBeenCalledTimes(1);
  });

  it('goes on after a call that failed', async () => {
    const limiter = new RequestLimiter({
      requestsPerSecond: 1.5,
      concurrency: 1,
    });
    await expect(
      limiter.run('inventory', async () => {
        throw new Error('throttled');
      }),
    ).rejects.toThrow('throttled');
    expect(await limiter.run('inventory', async () => 'fine')).toBe('fine');
  });
});
