import fc from 'fast-check';
import {
  fillStages,
  findOpenStages,
  StageToFill,
  wouldAdvance,
} from './fillStages';

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

  it('security rule 8: counts one person once, in one stage', () => {
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

  describe('in order', () => {
    const owner = stage('owner', 1, 'otto', 'petra');
    const security = { ...stage('security', 1, 'sia'), order: 2 };
    const stages = [owner, security];

    it('opens a stage when all before it are full', () => {
      expect(findOpenStages(stages, fillStages(stages, []))).toEqual(
        new Set(['owner']),
      );
      expect(wouldAdvance(stages, [], 'sia')).toBe(false);
      expect(fillStages(stages, ['sia']).have.get('security')).toBe(0);

      expect(findOpenStages(stages, fillStages(stages, ['otto']))).toEqual(
        new Set(['security']),
      );
      expect(wouldAdvance(stages, ['otto'], 'petra')).toBe(false);
      expect(wouldAdvance(stages, ['otto'], 'sia')).toBe(true);
      expect(fillStages(stages, ['otto', 'sia']).isComplete).toBe(true);
      expect(
        findOpenStages(stages, fillStages(stages, ['otto', 'sia'])),
      ).toEqual(new Set());
    });

    it('keeps the only approver of a later stage from being caught in the earlier', () => {
      const both = [stage('owner', 1, 'otto', 'sia'), security];
      expect(wouldAdvance(both, ['sia'], 'otto')).toBe(true);
      expect(fillStages(both, ['sia', 'otto']).isComplete).toBe(true);
    });

    it('waits for the earlier stage when its approver has lost the right', () => {
      const gone = [stage('owner', 1, 'petra'), security];
      expect(fillStages(gone, ['otto', 'sia']).have).toEqual(
        new Map([
          ['owner', 0],
          ['security', 0],
        ]),
      );
      expect(fillStages(gone, ['otto', 'sia', 'petra']).isComplete).toBe(true);
    });
  });

  it('is complete without stages', () => {
    expect(fillStages([], []).isComplete).toBe(true);
  });

  it('fills as many places in whatever order people decide, and never too many', () => {
    const people = ['a', 'b', 'c', 'd', 'e'];
    const anyStages = fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 2 }),
        fc.subarray(people),
        fc.integer({ min: 1, max: 3 }),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(
        anyStages,
        fc.shuffledSubarray(people),
        fc.shuffledSubarray(people, { minLength: 5 }),
        (parts, approvals, order) => {
          const stages = parts.map(([need, who, place], index) => ({
            ...stage(`${index}`, need, ...who),
            order: place,
          }));
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
          const early = stages.filter(later =>
            stages.some(
              before =>
                before.order < later.order &&
                one.have.get(before.id)! < before.need,
            ),
          );
          expect(early.filter(({ id }) => one.have.get(id)! > 0)).toEqual([]);
        },
      ),
    );
  });
});
