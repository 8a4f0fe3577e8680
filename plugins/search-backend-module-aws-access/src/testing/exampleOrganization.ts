import { Entity } from '@backstage/catalog-model';
import {
  examplePeople,
  exampleTeams,
} from 'backstage-plugin-aws-access-sandbox';

/** People and teams of the example company, as the catalog has them. */
export function exampleOrganization(): Entity[] {
  const apiVersion = 'backstage.io/v1alpha1';
  const users = examplePeople.map(
    ({ name, entraId, displayName, team }): Entity => ({
      apiVersion,
      kind: 'User',
      metadata: {
        name,
        annotations: { 'graph.microsoft.com/user-id': entraId },
      },
      spec: { profile: { displayName } },
      relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
    }),
  );
  const groups = exampleTeams.map(
    ({ name, lead, displayName }): Entity => ({
      apiVersion,
      kind: 'Group',
      metadata: {
        name,
        annotations: { 'aws-access/leads': `user:default/${lead}` },
      },
      spec: { type: 'team', profile: { displayName } },
      relations: examplePeople
        .filter(({ team }) => team === name)
        .map(person => ({
          type: 'hasMember',
          targetRef: `user:default/${person.name}`,
        })),
    }),
  );
  return [...users, ...groups];
}

/** What would tell of somebody: names, ids and refs of people. */
export function personalTexts(): string[] {
  return examplePeople.flatMap(({ displayName, name, entraId }) => [
    displayName,
    entraId,
    `user:default/${name}`,
  ]);
}
