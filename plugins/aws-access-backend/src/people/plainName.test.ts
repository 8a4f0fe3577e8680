import { plainName } from './plainName';

describe('plainName', () => {
  it.each([
    ['Ana Alves', 'Ana Alves'],
    ['Zo\u00eb \u738b', 'Zo\u00eb \u738b'],
    ['Ana\u202e sevlA', 'Ana sevlA'],
    ['Otto\u200b Olsen', 'Otto Olsen'],
    ['Sia\nSand\u0000', 'Sia Sand'],
    ['\u3164', ''],
  ])('rule 32: shows %j as %j', (name, shown) => {
    expect(plainName(name)).toBe(shown);
  });
});
