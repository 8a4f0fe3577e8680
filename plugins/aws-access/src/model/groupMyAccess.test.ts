import {
  aRequest,
  aSummary,
  minutesFromNow,
  myAccess,
  NOW,
  requestsInEveryState,
} from '../testing/fixtures';
import { groupMyAccess, isEndingSoon } from './groupMyAccess';

describe('groupMyAccess', () => {
  it('puts every request where it belongs, once', () => {
    const requests = requestsInEveryState.map(aSummary);
    const groups = groupMyAccess(myAccess.items, requests, NOW);

    expect(groups.onItsWay.map(({ state }) => state)).toEqual([
      'submitted',
      'pending',
      'approved',
      'provisioning',
      'propagating',
      'stuck',
    ]);
    expect(groups.recentlyEnded.map(({ state }) => state)).toEqual([
      'ending',
      'ended',
      'denied',
      'rejected',
      'withdrawn',
      'lapsed',
    ]);
    expect(groups.usable.map(({ entry }) => entry.account.name)).toEqual([
      'data-prod',
      'payments-dev',
      'payments-prod',
    ]);
  });

  it('forgets what ended two weeks ago', () => {
    const old = aRequest('ended', undefined, {
      updatedAt: minutesFromNow(-15 * 24 * 60),
    });
    expect(groupMyAccess([], [aSummary(old)], NOW).recentlyEnded).toEqual([]);
  });

  it('keeps access that AWS does not know yet out of what is usable', () => {
    const [entry] = myAccess.items;
    const arriving = {
      ...entry,
      holders: [{ ...entry.holders[0], reach: 'arriving' as const }],
    };
    const groups = groupMyAccess([arriving], [], NOW);
    expect(groups.usable).toEqual([]);
    expect(groups.arriving).toHaveLength(1);
  });
});

describe('isEndingSoon', () => {
  const entry = myAccess.items[2];
  const lasting = (hours: number) => ({
    startsAt: minutesFromNow(0),
    endsAt: minutesFromNow(hours * 60),
  });

  it.each([
    ['half of 4 hours left', 120, lasting(4), false],
    ['the last hour of 4', 59, lasting(4), true],
    ['a day left of a month', 23 * 60, lasting(30 * 24), true],
    ['two days left of a month', 48 * 60, lasting(30 * 24), false],
    ['of unknown length, less than a day left', 23 * 60, undefined, true],
    ['over already', -1, lasting(4), false],
  ])('%s', (_, minutes, request, expected) => {
    const until = minutesFromNow(minutes);
    expect(isEndingSoon({ ...entry, until }, request, NOW)).toBe(expected);
  });

  it('is never true of standing access', () => {
    expect(isEndingSoon({ ...entry, until: null }, undefined, NOW)).toBe(false);
  });
});
