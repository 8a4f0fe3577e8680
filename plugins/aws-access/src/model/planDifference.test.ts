import { findings, plan } from '../testing/fixtures';
import { comparePlans } from './planDifference';

describe('comparePlans', () => {
  it('says which sentences, objects and findings are new or gone', () => {
    const now = {
      ...plan,
      sentences: [plan.sentences[0], 'Ben Brandt gets PowerUser too.'],
      findings: [findings[0]],
    };
    expect(comparePlans(plan, now)).toEqual({
      added: ['Ben Brandt gets PowerUser too.'],
      removed: [
        plan.sentences[1],
        'Production account: data-prod is tagged as production.',
      ],
    });
  });

  it('is empty for plans that read the same', () => {
    expect(comparePlans(plan, { ...plan, gains: [] })).toEqual({
      added: [],
      removed: [],
    });
  });
});
