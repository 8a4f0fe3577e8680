import { IntentRow } from '../stores/IntentStore';
import { StepRow } from '../stores/StepStore';
import { AssignmentPlaces } from './AssignmentPlaces';
import { StepWaitError } from './StepWaitError';

const step = (requestId: string, n: number) =>
  ({ id: `${requestId}-${n}`, requestId } as StepRow);
const intent = (stepId: string, isOver = false) =>
  ({ stepId, result: { isOver } } as unknown as IntentRow);

/** Places, and who has got one, in order. */
function setUp(limit: number) {
  const onShort = jest.fn();
  const places = new AssignmentPlaces({ limit, onShort });
  const got: string[] = [];
  const take = (one: StepRow) =>
    places.take(one).then(() => {
      got.push(one.id);
    });
  return { places, got, take, onShort };
}

describe('AssignmentPlaces', () => {
  it('gives a place to the request that has the fewest, so that one does not wait behind many', async () => {
    const { places, got, take } = setUp(2);
    const all = [1, 2, 3, 4, 5].map(n => take(step('many', n)));
    await Promise.all(all.slice(0, 2));
    const urgent = take(step('urgent', 1));
    places.giveBack('many-1');
    await urgent;
    expect(got).toEqual(['many-1', 'many-2', 'urgent-1']);
    places.giveBack('urgent-1');
    await all[2];
    expect(got.at(-1)).toBe('many-3');
  });

  it('lets a step that has a place keep it', async () => {
    const { got, take } = setUp(1);
    await take(step('one', 1));
    await take(step('one', 1));
    expect(got).toEqual(['one-1', 'one-1']);
  });

  it('sends away those that wait for nothing', async () => {
    const { places, take } = setUp(1);
    await take(step('kept', 1));
    const waiting = take(step('ending', 1));
    places.sendAway(({ requestId }) => requestId === 'ending');
    await expect(waiting).rejects.toThrow(StepWaitError);
    expect(places.isWaiting('ending-1')).toBe(false);
  });

  it('gives none any more when the worker stops', async () => {
    const { places, take } = setUp(1);
    await take(step('one', 1));
    const waiting = take(step('one', 2));
    places.close();
    await expect(waiting).rejects.toThrow(StepWaitError);
    await expect(take(step('one', 3))).rejects.toThrow(StepWaitError);
  });

  it('believes the database about what was begun before it, and what is over without it', async () => {
    const { places, got, take } = setUp(2);
    const isInHand = (stepId: string) => stepId === 'new-1';
    places.agreeWith([intent('old-1'), intent('old-2', true)], isInHand);
    await take(step('new', 1));
    const second = take(step('new', 2));
    // The other one is being attempted here, and has nothing recorded yet.
    places.agreeWith([intent('old-1')], isInHand);
    expect(got).toEqual(['new-1']);
    places.agreeWith([], isInHand);
    await second;
    expect(got).toEqual(['new-1', 'new-2']);
  });

  it('asks for more before nobody waits any more', async () => {
    const { places, take, onShort } = setUp(4);
    const all = [1, 2, 3, 4, 5, 6].map(n => take(step('many', n)));
    await Promise.all(all.slice(0, 4));
    onShort.mockClear();
    places.giveBack('many-1');
    await all[4];
    expect(onShort).toHaveBeenCalled();
  });
});
