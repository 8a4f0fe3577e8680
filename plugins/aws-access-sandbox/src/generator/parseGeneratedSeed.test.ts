import { namedSizes } from './OrganizationSize';
import { parseGeneratedSeed } from './parseGeneratedSeed';

describe('parseGeneratedSeed', () => {
  it('reads names and numbers', () => {
    expect(parseGeneratedSeed('large')).toEqual(namedSizes.large);
    expect(
      parseGeneratedSeed(
        'generated:accounts=2000,permissionSets=300,groups=2000,people=10000,assignments=30000,seed=1',
      ),
    ).toEqual(namedSizes.large);
    expect(parseGeneratedSeed('generated:people=60')).toMatchObject({
      accounts: 14,
      people: 60,
      seed: 1,
    });
    expect(parseGeneratedSeed('example')).toBeUndefined();
    expect(parseGeneratedSeed('toString')).toBeUndefined();
  });

  it.each([
    [
      'generated:accounts=13',
      'accounts must be a whole number from 14 to 10000',
    ],
    ['generated:accounts=10001', 'from 14 to 10000, not 10001'],
    ['generated:accounts=-1', '"accounts=-1" is no size'],
    ['generated:accounts', '"accounts" is no size'],
    ['generated:toString=1', '"toString=1" is no size'],
    ['generated:assignments=900', 'for 14 accounts and 24 groups, not 900'],
  ])('refuses %s', (name, reason) => {
    expect(() => parseGeneratedSeed(name)).toThrow(reason);
  });
});
