import fc from 'fast-check';
import {
  FINAL_REQUEST_STATES,
  isRequestTransition,
  REQUEST_STATES,
  REQUEST_TRANSITIONS,
  RequestState,
} from './requestStates';

describe('the transition table', () => {
  it('reaches every state from submitted, and a final state from everywhere', () => {
    const reachable = (from: string) => {
      const seen = new Set([from]);
      for (const state of seen) {
        REQUEST_TRANSITIONS[state as keyof typeof REQUEST_TRANSITIONS].forEach(
          next => seen.add(next),
        );
      }
      return seen;
    };
    expect([...reachable('submitted')].sort()).toEqual(
      [...REQUEST_STATES].sort(),
    );
    for (const state of REQUEST_STATES) {
      expect(
        [...reachable(state)].some(next =>
          (FINAL_REQUEST_STATES as readonly string[]).includes(next),
        ),
      ).toBe(true);
    }
  });

  it('lets no sequence of steps provision what was never approved', () => {
    const needsApproval = ['provisioning', 'propagating', 'active'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...REQUEST_STATES), { maxLength: 30 }),
        wishes => {
          let state: RequestState = 'submitted';
          let approved = false;
          return wishes.every(wish => {
            if (isRequestTransition(state, wish)) state = wish;
            if (state === 'approved') approved = true;
            // A new plan version takes the approval with it.
            if (state === 'pending') approved = false;
            return approved || !needsApproval.includes(state);
          });
        },
      ),
    );
  });

  it('lets nothing follow an end', () => {
    expect([...FINAL_REQUEST_STATES].sort()).toEqual([
      'denied',
      'ended',
      'lapsed',
      'rejected',
      'withdrawn',
    ]);
  });
});
