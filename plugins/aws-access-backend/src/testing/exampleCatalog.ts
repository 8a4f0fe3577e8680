import { Entity } from '@backstage/catalog-model';
import {
  examplePeople,
  exampleTeams,
} from 'backstage-plugin-aws-access-sandbox';

/**
 * The example company as the catalog of the demo portal has it, and a User who
 * is nobody in Entra.
 */
export function exampleCatalog(): Entity[] {
  const users = examplePeople.map(
    (person): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: {
        name: person.name,
        annotations: { 'graph.microsoft.com/user-id': person.entraId },
      },
      spec: { profile: { displayName: person.displayName } },
      relations: [
        { type: 'memberOf', targetRef: `group:default/${person.team}` },
      ],
    }),
  );
  const groups = exampleTeams.map(
    (team): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: {
        name: team.name,
        annotations: { 'aws-access/leads': `user:default/${team.lead}` },
      },
      spec: { type: 'team', profile: { displayName: team.displayName } },
      relations: examplePeople
        .filter(person => person.team === team.name)
        .map(({ name }) => ({
          type: 'hasMember',
          targetRef: `user:default/${name}`,
        })),
    }),
  );
  const stranger: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'stranger' },
    spec: { profile: { displayName: 'Stranger' } },
  };
  return [...users, ...groups, stranger];
}
