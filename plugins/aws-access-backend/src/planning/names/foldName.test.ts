import { foldName } from './foldName';

describe('foldName', () => {
  it.each([
    ['AWS-Payments-PowerUser', 'aws-payments-poweruser'],
    ['\uff21\uff37\uff33-Payments', 'AWS-Payments'],
    ['Stra\u00dfe', 'STRASSE'],
    ['\u039f\u0394\u039f\u03a3', '\u03bf\u03b4\u03bf\u03c3'],
    ['AWS-\u3164Payments', 'AWS-Payments'],
    ['AWS-Pay\ufe0fments', 'AWS-Payments'],
    ['AWS\u00a0Payments', 'AWS Payments'],
  ])('rule 13: takes %j for a look-alike of %j', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it('keeps apart what one can see to differ', () => {
    expect(foldName('AWS-Payments')).not.toBe(foldName('AWS-Payment'));
  });
});
