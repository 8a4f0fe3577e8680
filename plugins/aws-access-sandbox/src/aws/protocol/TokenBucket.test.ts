import { SandboxClock } from '../../clock/SandboxClock';
import { SandboxStore } from '../../store/SandboxStore';
import { TokenBucket } from './TokenBucket';

describe('TokenBucket', () => {
  const store = SandboxStore.open(':memory:');
  const clock = new SandboxClock(store, () => 1_000_000);

  afterAll(() => store.close());

  const takeAll = (bucket: TokenBucket) => {
    let taken = 0;
    while (bucket.take()) {
      taken += 1;
    }
    return taken;
  };

  it('gives a burst of one second, refills with time, and never holds more', () => {
    const bucket = new TokenBucket(clock, () => 20);
    expect(takeAll(bucket)).toBe(20);
    clock.advance(100);
    expect(takeAll(bucket)).toBe(2);
    clock.advance(60_000);
    expect(takeAll(bucket)).toBe(20);
  });
});
