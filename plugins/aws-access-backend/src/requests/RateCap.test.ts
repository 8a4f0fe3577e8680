import { RateCap } from './RateCap';

it('rule 33: counts each person by themselves, over the last minute', () => {
  let now = 0;
  const cap = new RateCap({ perMinute: 2, now: () => now });
  cap.count('user:default/ana');
  now = 30_000;
  cap.count('user:default/ana');
  expect(() => cap.count('user:default/ana')).toThrow('Only 2 plans a minute');
  cap.count('user:default/ben');
  now = 60_000;
  cap.count('user:default/ana');
  expect(() => cap.count('user:default/ana')).toThrow('Only 2 plans a minute');
});
