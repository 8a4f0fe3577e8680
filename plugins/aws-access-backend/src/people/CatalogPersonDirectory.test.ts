import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogPersonDirectory } from './CatalogPersonDirectory';

const ANA = 'fbb285fc-f72c-599e-ab0b-20dc26645f2d';

function user(name: string, entraId?: string, teams: string[] = []): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name,
      annotations: entraId ? { 'graph.microsoft.com/user-id': entraId } : {},
    },
    spec: { profile: { displayName: name.toUpperCase() } },
    relations: teams.map(team => ({
      type: 'memberOf',
      targetRef: `group:default/${team}`,
    })),
  };
}

function resource(name: string, origin: string, owner: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      annotations: {
        'aws-access/account-id': '555566667777',
        'backstage.io/managed-by-origin-location': origin,
      },
    },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const payments: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: {
    name: 'payments',
    title: 'Payments',
    annotations: {
      'aws-access/leads': 'user:default/petra, otto,component:default/shop',
      'aws-access/access-groups': 'AWS-Payments-PowerUser',
    },
  },
  relations: [{ type: 'hasMember', targetRef: 'user:default/ana' }],
};

const directoryOf = (entities: Entity[]) =>
  new CatalogPersonDirectory({
    catalog: catalogServiceMock({ entities }),
    auth: mockServices.auth(),
  });

describe('CatalogPersonDirectory', () => {
  it('knows a person by the Entra id, in whatever case it was written', async () => {
    const directory = directoryOf([
      user('ana', ANA.toUpperCase(), ['payments']),
    ]);
    const ana = {
      entityRef: 'user:default/ana',
      displayName: 'ANA',
      entraUserId: ANA,
      teams: ['group:default/payments'],
    };

    await expect(directory.findPerson('user:default/ana')).resolves.toEqual(
      ana,
    );
    await expect(directory.findByEntraIds([ANA])).resolves.toEqual(
      new Map([[ANA, ana]]),
    );
    await expect(
      directory.findPerson('user:default/nobody'),
    ).resolves.toBeUndefined();
  });

  it('security rule 6: an Entra id that two Users claim stands for neither', async () => {
    const directory = directoryOf([
      user('ana', ANA),
      user('ana-admin', ANA),
      user('ben'),
    ]);

    const people = await directory.findPeople([
      'user:default/ana',
      'user:default/ana-admin',
      'user:default/ben',
    ]);
    expect(people.map(person => person.entraUserId)).toEqual([
      null,
      null,
      null,
    ]);
    await expect(directory.findByEntraIds([ANA])).resolves.toEqual(new Map());
  });

  it('security rule 6: nobody takes the place of another by a blank around the id', async () => {
    const directory = directoryOf([user('ana', ANA), user('eve', `${ANA} `)]);

    const people = await directory.findPeople([
      'user:default/ana',
      'user:default/eve',
    ]);
    expect(people.map(person => person.entraUserId)).toEqual([ANA, null]);
  });

  it('security rule 6: only Users and Groups of trusted origins are people and teams', async () => {
    const from = (origin: string, entity: Entity): Entity => ({
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...entity.metadata.annotations,
          'backstage.io/managed-by-origin-location': origin,
        },
      },
    });
    const directory = new CatalogPersonDirectory({
      catalog: catalogServiceMock({
        entities: [
          from('msgraph:default/1', user('ana', ANA)),
          from('url:https://git/mallory', user('mallory', ANA)),
          from('url:https://git/mallory', payments),
        ],
      }),
      auth: mockServices.auth(),
      trustedLocations: ['msgraph:default/*', 'file:/etc/org.yaml'],
    });

    // Who claims the id from elsewhere does not even take it from its owner.
    await expect(
      directory.findPerson('user:default/ana'),
    ).resolves.toMatchObject({ entraUserId: ANA });
    await expect(
      directory.findPerson('user:default/mallory'),
    ).resolves.toBeUndefined();
    await expect(
      directory.findTeam('group:default/payments'),
    ).resolves.toBeUndefined();
    await expect(directory.findLedTeams('user:default/petra')).resolves.toEqual(
      [],
    );
  });

  it('security rule 6: leads are those named, never mere members', async () => {
    const directory = directoryOf([payments, user('ana', ANA)]);

    await expect(
      directory.findTeam('group:default/payments'),
    ).resolves.toMatchObject({
      displayName: 'Payments',
      leads: ['user:default/petra', 'user:default/otto'],
      members: [{ entityRef: 'user:default/ana' }],
      accessGroupNames: ['AWS-Payments-PowerUser'],
    });
    await expect(directory.findLedTeams('user:default/otto')).resolves.toEqual([
      'group:default/payments',
    ]);
    await expect(directory.findLedTeams('user:default/ana')).resolves.toEqual(
      [],
    );
    await expect(
      directory.findTeam('user:default/ana'),
    ).resolves.toBeUndefined();
  });

  it('security rule 7: only entities of trusted locations say who owns an account', async () => {
    const directory = directoryOf([
      resource('warehouse', 'url:https://git/org', 'group:default/data'),
      resource('mine', 'url:https://git/mallory', 'user:default/mallory'),
    ]);

    await expect(
      directory.findAccountOwners(['555566667777'], ['url:https://git/org']),
    ).resolves.toEqual(new Map([['555566667777', ['group:default/data']]]));
  });

  it('passes on that the catalog cannot be read', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntitiesByRefs.mockRejectedValue(new Error('down'));
    const directory = new CatalogPersonDirectory({
      catalog,
      auth: mockServices.auth(),
    });

    await expect(directory.findPerson('user:default/ana')).rejects.toThrow(
      'down',
    );
  });
});
