import { OperationTimes } from './OperationTimes';

/** A world in which operations take a time of their own, looked at as told. */
function look(
  times: OperationTimes,
  acceptedAt: number[],
  tookMs: number,
): { at: number; over: number[] } {
  const at = times.nextLook(acceptedAt);
  const over = acceptedAt.filter(accepted => at - accepted >= tookMs);
  const running = acceptedAt.filter(accepted => at - accepted < tookMs);
  const ageOf = (accepted: number) => at - accepted;
  times.learn(over.map(ageOf), running.map(ageOf), at);
  return { at, over };
}

describe('OperationTimes', () => {
  it.each([300, 800, 3_000])(
    'learns when to look at operations that take %i ms',
    tookMs => {
      const times = new OperationTimes(1_000);
      let now = 0;
      const late: number[] = [];
      let looks = 0;
      for (let n = 0; n < 300; n += 1) {
        for (;;) {
          looks += 1;
          const { at, over } = look(times, [now], tookMs);
          if (over.length > 0) {
            late.push(at - now - tookMs);
            now = at;
            break;
          }
        }
      }
      const learned = late.slice(100);
      const mean = learned.reduce((sum, ms) => sum + ms, 0) / learned.length;
      expect(mean).toBeLessThan(0.1 * tookMs);
      expect(looks).toBeLessThan(1.5 * late.length);
    },
  );

  it('looks once at those that end soon after each other', () => {
    const times = new OperationTimes(1_000);
    for (let n = 0, now = 0; n < 100; n += 1) {
      now = look(times, [now], 800).at;
    }
    const start = 1_000_000;
    const { over } = look(times, [start, start + 20, start + 40], 800);
    // One of the three may be looked at too early.
    expect(over.length).toBeGreaterThan(1);
    const apart = look(times, [start + 1_000, start + 1_400], 800);
    expect(apart.over).toHaveLength(1);
  });

  it('goes on looking at what takes much longer than others', () => {
    const times = new OperationTimes(1_000);
    for (let n = 0, now = 0; n < 100; n += 1) {
      now = look(times, [now], 800).at;
    }
    const start = 1_000_000;
    let looks = 0;
    for (let at = start; at < start + 10_000; looks += 1) {
      at = look(times, [start], 10_000).at;
    }
    // Not once in a while, and not for ever at once.
    expect(looks).toBeGreaterThan(5);
    expect(looks).toBeLessThan(100);
  });
});
