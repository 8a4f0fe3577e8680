import { LeaseObject } from '../../leases/LeaseStore';
import { openSessionsUntil } from './openSessionsUntil';

const NINE = '2026-01-01T09:00:00.000Z';
const TEN = '2026-01-01T10:00:00.000Z';
const ELEVEN = '2026-01-01T11:00:00.000Z';
const lease = (kind: LeaseObject['kind'], removedAt: string | null) => ({
  object: { kind } as LeaseObject,
  removedAt,
});
const row = (state: 'active' | 'ending' | 'ended') => ({
  state,
  startsAt: NINE,
  endsAt: TEN,
  updatedAt: ELEVEN,
});

describe('openSessionsUntil', () => {
  it('counts the longest session from the last moment at which one was opened', () => {
    const assigned = [
      lease('accountAssignment', '2026-01-01T10:00:05.000Z'),
      lease('accountAssignment', null),
      lease('accessGroup', '2026-01-01T10:00:09.000Z'),
    ];
    const sessions = ['PT1H', 'PT8H'];
    expect(openSessionsUntil(row('active'), assigned, sessions)).toBe(
      '2026-01-01T18:00:00.000Z',
    );
    // Until when AWS opens sessions is not known while it is being taken away.
    expect(openSessionsUntil(row('ending'), assigned, sessions)).toBeNull();
    expect(openSessionsUntil(row('ended'), assigned, sessions)).toBe(
      '2026-01-01T18:00:09.000Z',
    );
    // Who left a group could open them until AWS was seen without the person.
    expect(
      openSessionsUntil(
        row('ended'),
        [...assigned, lease('membership', '2026-01-01T10:00:03.000Z')],
        sessions,
      ),
    ).toBe('2026-01-01T19:00:00.000Z');
    expect(openSessionsUntil(row('ended'), [], sessions)).toBe(
      '2026-01-01T18:00:00.000Z',
    );
    expect(
      openSessionsUntil({ ...row('ended'), startsAt: null }, [], sessions),
    ).toBeNull();
  });
});
