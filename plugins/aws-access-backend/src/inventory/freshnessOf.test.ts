import { InputError } from '@backstage/errors';
import { freshnessOf } from './freshnessOf';
import { pageAcrossOrganizations } from './pageAcrossOrganizations';

const NOW = '2026-01-01T12:00:00.000Z';

const organization = (
  accounts: string | null,
  permissionSets: string | null,
  reason: string | null = null,
) => ({
  staleAfter: 'PT1H',
  parts: [
    { part: 'accounts' as const, asOf: accounts, complete: !reason, reason },
    {
      part: 'permissionSets' as const,
      asOf: permissionSets,
      complete: true,
      reason: null,
    },
  ],
});

describe('freshnessOf', () => {
  it('is as old as the oldest part that the answer rests on', () => {
    const one = organization(
      '2026-01-01T10:00:00.000Z',
      '2026-01-01T11:30:00.000Z',
    );
    expect(freshnessOf([one], ['permissionSets'], NOW)).toMatchObject({
      asOf: '2026-01-01T11:30:00.000Z',
      stale: false,
      complete: true,
    });
    expect(
      freshnessOf([one], ['accounts', 'permissionSets'], NOW),
    ).toMatchObject({ asOf: '2026-01-01T10:00:00.000Z', stale: true });
  });

  it('is stale and of no age when a part was never read anywhere', () => {
    const fresh = organization(NOW, NOW);
    const unread = organization(null, NOW, 'It has not been read yet');
    expect(freshnessOf([fresh, unread], ['accounts'], NOW)).toEqual({
      asOf: null,
      stale: true,
      complete: false,
      parts: [
        {
          part: 'accounts',
          asOf: null,
          complete: false,
          reason: 'It has not been read yet',
        },
      ],
    });
  });
});

describe('freshnessOf assignments', () => {
  const assigned = (
    coverage?: { pairs: number; unread: number },
    reason: string | null = null,
  ) => ({
    staleAfter: 'PT1H',
    parts: [
      { part: 'assignments' as const, asOf: NOW, complete: !reason, reason },
    ],
    directAssignments: coverage && { asOf: null, ...coverage },
  });
  const of = (...organizations: ReturnType<typeof assigned>[]) =>
    freshnessOf(organizations, ['assignments'], NOW);

  it('does not call complete what was not read once', () => {
    expect(of(assigned({ pairs: 48, unread: 45 }))).toEqual({
      asOf: NOW,
      stale: false,
      complete: false,
      parts: [
        {
          part: 'assignments',
          asOf: NOW,
          complete: false,
          reason:
            'Complete but for direct assignments: 45 of 48 pairs of account and permission set not yet read',
          unread: { count: 45, of: 48 },
        },
      ],
    });
    expect(of(assigned({ pairs: 48, unread: 0 }))).toMatchObject({
      complete: true,
      parts: [{ complete: true, reason: null }],
    });
    // An organization without any, and an answer that does not rest on them.
    expect(of(assigned({ pairs: 0, unread: 0 })).complete).toBe(true);
    expect(of(assigned()).complete).toBe(true);
  });

  it('says first what failed', () => {
    const failed = of(
      assigned({ pairs: 9, unread: 1 }),
      assigned({ pairs: 9, unread: 1 }, 'AWS does not answer'),
      assigned({ pairs: 9, unread: 0 }),
    );
    expect(failed.parts).toEqual([
      {
        part: 'assignments',
        asOf: NOW,
        complete: false,
        reason: 'AWS does not answer',
      },
    ]);
  });
});

describe('pageAcrossOrganizations', () => {
  const content: Record<string, string[]> = {
    one: ['a', 'b', 'c'],
    empty: [],
    two: ['d', 'e'],
  };
  const page = (limit: number, cursor?: string) =>
    pageAcrossOrganizations(
      Object.keys(content),
      { limit, cursor },
      async (id, query) => {
        const start = Number(query.cursor ?? 0);
        const end = start + query.limit;
        return {
          items: content[id].slice(start, end),
          totalItems: content[id].length,
          nextCursor: end < content[id].length ? String(end) : null,
        };
      },
    );

  it.each([1, 2, 3, 4, 5, 9])(
    'gives everything once in pages of %s',
    async limit => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const answer = await page(limit, cursor);
        expect(answer.totalItems).toBe(5);
        expect(answer.items.length).toBeLessThanOrEqual(limit);
        seen.push(...answer.items);
        cursor = answer.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    },
  );

  it('refuses a cursor of another list', async () => {
    await expect(page(2, 'made up')).rejects.toThrow(InputError);
    const foreign = Buffer.from('["gone","1"]').toString('base64url');
    await expect(page(2, foreign)).rejects.toThrow(InputError);
  });
});
