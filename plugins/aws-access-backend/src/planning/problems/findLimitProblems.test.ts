import { exampleConfig } from '../../testing/examplePlan';
import { PolicyOutcome } from '../../policy/PolicyOutcome';
import { findLimitProblems, findLongestDuration } from './findLimitProblems';

const { parcel } = exampleConfig().organizations;
const policy = (parts: Partial<PolicyOutcome>): PolicyOutcome => ({
  rulesDigest: '1',
  stages: [],
  denials: [],
  maxDuration: 'PT12H',
  maxDurationBecause: ['production'],
  maxTotal: 'P2D',
  maxTotalBecause: ['production'],
  maxHeld: null,
  maxHeldBecause: [],
  autoApproved: false,
  ...parts,
});
const HOUR = 3600;

describe('security rule 26: findLimitProblems', () => {
  it.each<
    [
      string,
      string | null,
      {
        secondsBefore?: number;
        secondsHeld?: number;
        secondsHeldTold?: number;
      },
      Partial<PolicyOutcome>,
      string,
    ]
  >([
    ['within the longest span', 'PT12H', {}, {}, ''],
    ['longer than it', 'PT13H', {}, {}, 'at most 12 hr for this access (prod'],
    ['no end', null, {}, {}, 'at most 12 hr'],
    [
      'an extension within the total',
      'PT12H',
      { secondsBefore: 36 * HOUR },
      {},
      '',
    ],
    [
      'an extension beyond the total',
      'PT12H',
      { secondsBefore: 37 * HOUR },
      {},
      'at most 2 days for this access (production), from its start to the last extension; people have had it for 1 day 13 hr already',
    ],
    [
      'an extension where the longest span is the total',
      'PT8H',
      { secondsBefore: 5 * HOUR },
      { maxTotal: 'PT12H' },
      'at most 12 hr for this access (production), from its start',
    ],
    [
      'filing anew, by what may not be told',
      'PT12H',
      { secondsHeld: 37 * HOUR, secondsHeldTold: 2 * HOUR },
      { maxHeld: 'P2D', maxHeldBecause: ['production'] },
      'people have had it for a time already',
    ],
    [
      'filing anew, where only extensions are limited',
      'PT12H',
      { secondsHeld: 47 * HOUR },
      {},
      '',
    ],
    [
      'filing anew, where a rule limits the access',
      'PT12H',
      { secondsHeld: 47 * HOUR },
      { maxHeld: 'P2D', maxHeldBecause: ['two days'] },
      'at most 2 days for this access (two days)',
    ],
    ['what is denied anyway', null, {}, { denials: ['No.'] }, ''],
    [
      'what takes away only',
      null,
      {},
      { maxDuration: null, maxTotal: null },
      '',
    ],
  ])('knows %s', (_what, duration, before, parts, message) => {
    const problems = findLimitProblems(
      { organizationId: 'parcel', duration, ...before },
      parcel,
      policy(parts),
    );
    expect(problems.map(problem => problem.message).join()).toContain(message);
    expect(problems).toHaveLength(message ? 1 : 0);
    expect(problems.every(({ path }) => path === 'duration')).toBe(true);
    expect(problems.every(({ fix }) => fix.endsWith('.'))).toBe(true);
  });
});

describe('findLongestDuration', () => {
  it.each<
    [
      string,
      { secondsBefore?: number; secondsHeld?: number },
      Partial<PolicyOutcome>,
      number | undefined,
    ]
  >([
    ['the longest span', {}, {}, 12 * HOUR],
    ['what is left of the total', { secondsBefore: 40 * HOUR }, {}, 8 * HOUR],
    ['nothing is left', { secondsBefore: 60 * HOUR }, {}, 0],
    [
      'what is left of what people may have at all',
      { secondsHeld: 47 * HOUR },
      { maxHeld: 'P2D', maxHeldBecause: ['production'] },
      HOUR,
    ],
    ['no limit', {}, { maxDuration: null, maxTotal: null }, undefined],
  ])('is %s', (_, input, parts, seconds) => {
    expect(findLongestDuration(input, policy(parts))?.seconds).toBe(seconds);
  });

  it('is never more than what a request is refused for', () => {
    const outcome = policy({ maxHeld: 'P1D', maxHeldBecause: ['day'] });
    for (const secondsBefore of [0, 5 * HOUR, 20 * HOUR]) {
      const { seconds } = findLongestDuration({ secondsBefore }, outcome)!;
      const ask = (more: number) =>
        findLimitProblems(
          {
            organizationId: 'parcel',
            duration: `PT${seconds + more}S`,
            secondsBefore,
          },
          parcel,
          outcome,
        );
      expect(ask(0)).toEqual([]);
      expect(ask(1)).toHaveLength(1);
    }
  });
});
