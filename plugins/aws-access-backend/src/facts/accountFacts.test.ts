import { accountFacts } from './accountFacts';

const config = {
  environmentTag: 'environment',
  ownerTag: 'owner',
  trustedCatalogLocations: [],
};

const factsOf = (tags: Record<string, string>, catalogOwners?: string[]) =>
  accountFacts({ accountId: '555566667777', tags }, config, catalogOwners);

describe('accountFacts', () => {
  it('knows environment and owner from tags', () => {
    expect(
      factsOf({ environment: 'Prod ', owner: 'User:default/Otto' }),
    ).toEqual({
      accountId: '555566667777',
      environment: {
        known: true,
        value: 'prod',
        source: "its tag 'environment'",
      },
      owners: {
        known: true,
        value: ['user:default/otto'],
        source: "its tag 'owner'",
      },
      ownersConflict: null,
    });
  });

  it.each([
    [{}, 'no tag'],
    [{ environment: 'production' }, 'none of prod, staging, dev, sandbox'],
    [{ environment: 'unknown' }, 'none of'],
  ])('does not know the environment of %j', (tags, reason) => {
    expect(factsOf(tags).environment).toEqual({
      known: false,
      reason: expect.stringContaining(reason),
    });
  });

  it.each([
    [{}, 'no tag'],
    [{ owner: 'otto' }, 'not a reference'],
    [{ owner: 'component:default/shop' }, 'not a reference'],
    [{ constructor: 'user:default/otto' }, 'no tag'],
  ])('does not know the owner of %j', (tags, reason) => {
    expect(factsOf(tags).owners).toEqual({
      known: false,
      reason: expect.stringContaining(reason),
    });
  });

  it('takes the owner from a trusted entity, and agrees with an equal tag', () => {
    const owners = ['group:default/data'];
    expect(factsOf({}, owners).owners).toMatchObject({ value: owners });
    expect(
      factsOf({ owner: 'group:default/data' }, owners).owners,
    ).toMatchObject({ value: owners });
  });

  it('security rule 7: two claimants are a problem, not a choice', () => {
    const facts = factsOf({ owner: 'user:default/otto' }, [
      'user:default/mallory',
    ]);
    expect(facts.owners.known).toBe(false);
    expect(facts.ownersConflict).toContain('user:default/mallory');
    expect(facts.ownersConflict).toContain('user:default/otto');
  });
});
