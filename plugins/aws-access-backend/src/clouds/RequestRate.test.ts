import { RequestRate } from './RequestRate';

describe('RequestRate', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const pass = (milliseconds: number) => jest.advanceTimersByTime(milliseconds);
  /** Makes calls one after the other for so long, as fast as it may. */
  function callsIn(rate: RequestRate, milliseconds: number): number {
    const end = performance.now() + milliseconds;
    for (let calls = 0; ; calls++) {
      const wait = rate.take();
      if (performance.now() + wait >= end) {
        pass(end - performance.now());
        return calls;
      }
      pass(wait);
    }
  }

  it('is even, and catches up a little where calls came late', () => {
    const rate = new RequestRate(20);
    expect([rate.take(), rate.take(), rate.take()]).toEqual([0, 50, 100]);
    pass(10_000);
    const waits = Array.from({ length: 6 }, () => Math.round(rate.take()));
    expect(waits).toEqual([0, 0, 0, 0, 33, 83]);
  });

  it('lets those after a call that weighs more wait longer', () => {
    const rate = new RequestRate(20);
    expect(rate.take()).toBe(0);
    rate.charge(3);
    expect([rate.take(), rate.take()]).toEqual([200, 250]);
  });

  it('falls once for all calls that were on their way, and comes back in a minute', () => {
    const rate = new RequestRate(20);
    pass(10);
    const begunAt = performance.now();
    pass(10);
    for (let refused = 0; refused < 8; refused++) rate.slowDown(begunAt);
    expect(rate.requestsPerSecond).toBeCloseTo(14);
    rate.slowDown(performance.now());
    expect(rate.requestsPerSecond).toBeCloseTo(9.8);
    for (let refused = 0; refused < 50; refused++) {
      pass(1);
      rate.slowDown(performance.now());
    }
    expect(rate.requestsPerSecond).toBeCloseTo(1);
    pass(30_000);
    expect(rate.requestsPerSecond).toBeCloseTo(11);
    pass(60_000);
    expect(rate.requestsPerSecond).toBe(20);
  });

  it('is silent for as long as the cloud asks', () => {
    const rate = new RequestRate(20);
    rate.slowDown(performance.now(), 5_000);
    expect(rate.take()).toBe(5_000);
    expect(Math.round(rate.take())).toBe(5_000 + Math.round(1000 / 14));
  });

  it('comes to a share of a limit that two use without knowing of each other', () => {
    // What a replica of ours and another tool get of a cloud that takes 20 a second.
    const limit = 20;
    const rates = [new RequestRate(18), new RequestRate(18)];
    let refusals = 0;
    let calls = 0;
    let tokens = limit;
    const due = [0, 0];
    const from = performance.now();
    for (let at = 0; at < 300_000; at += 5) {
      tokens = Math.min(limit, tokens + (5 * limit) / 1000);
      for (const [index, rate] of rates.entries()) {
        if (due[index] > at) continue;
        if (tokens >= 1) {
          tokens -= 1;
          calls++;
        } else {
          refusals++;
          rate.slowDown(performance.now());
        }
        due[index] = at + rate.take();
      }
      pass(5);
    }
    expect(performance.now() - from).toBe(300_000);
    expect(refusals / calls).toBeLessThan(0.03);
    expect(calls / 300).toBeGreaterThan(0.75 * limit);
  });

  it('does not fall below what lets something go on', () => {
    const rate = new RequestRate(2);
    for (let refused = 0; refused < 100; refused++) {
      rate.slowDown(performance.now());
    }
    expect(callsIn(rate, 60_000)).toBeGreaterThan(6);
  });
});
