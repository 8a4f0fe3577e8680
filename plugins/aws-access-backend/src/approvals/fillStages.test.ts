import fc from 'fast-check';
import { fillStages, StageToFill, wouldAdvance } from './fillStages';

const stage = (id: string, need: number, ...people: string[]): StageToFill => ({
  id,
  need,
  eligible: new Set(people),
});

describe('fillStages', () => {
  it('moves somebody over when that lets a later approval count', () => {
    const stages = [
      stage('owner', 1, 'otto', 'sia'),
      stage('security', 1, 'sia'),
      stage('lead', 1, 'otto', 'petra'),
    ];
    expect(fillStages(stages, ['otto', 'sia', 'petra'])).toEqual({
      have: new Map([
        ['owner', 1],
        ['security', 1],
        ['lead', 1],
      ]),
      isComplete: true,
    });
  });

  it('rule 8: counts one person once, in one stage', () => {
    const stages = [stage('owner', 1, 'sia'), stage('security', 1, 'sia')];

    expect(fillStages(stages, ['sia', 'sia']).isComplete).toBe(false);
    expect(wouldAdvance(stages, ['sia'], 'sia')).toBe(false);
  });

  it('knows who would advance it', () => {
    const stages = [stage('owner', 2, 'otto', 'petra', 'ida')];

    expect(wouldAdvance(stages, ['otto'], 'petra')).toBe(true);
    expect(wouldAdvance(stages, ['otto', 'petra'], 'ida')).toBe(false);
    expect(wouldAdvance(stages, [], 'uma')).toBe(false);
  });

  it('is complete without stages', () => {
    expect(fillStages([], []).isComplete).toBe(true);
  });

  it('fills as many places in whatever order people decide, and never too many', () => {
    const people = ['a', 'b', 'c', 'd', 'e'];
    const anyStages = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 2 }), fc.subarray(people)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(
        anyStages,
        fc.shuffledSubarray(people),
        fc.shuffledSubarray(people, { minLength: 5 }),
        (parts, approvals, order) => {
          const stages = parts.map(([need, who], index) =>
            stage(`${index}`, need, ...who),
          );
          const one = fillStages(stages, approvals);
          const other = fillStages(
            stages,
            order.filter(person => approvals.includes(person)),
          );
          const total = (have: Map<string, number>) =>
            [...have.values()].reduce((sum, count) => sum + count, 0);

          expect(total(one.have)).toBe(total(other.have));
          expect(total(one.have)).toBeLessThanOrEqual(approvals.length);
          for (const { id, need } of stages) {
            expect(one.have.get(id)).toBeLessThanOrEqual(need);
          }
        },
      ),
    );
  });
});
